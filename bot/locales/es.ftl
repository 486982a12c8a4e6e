# Lo que el bot dice en español. Los nombres de los textos son los mismos que en en.ftl.

## Respuestas

hint = Pregúntame por los artículos de la biblioteca con una frase tuya; por ejemplo: «how many troops?».
library-empty = La biblioteca está vacía: todavía no hay nada donde buscar.
not-found = No lo he encontrado en { $count ->
        [one] el artículo
       *[other] los { $count } artículos
    } que he consultado. Entiendo mejor las preguntas en inglés.
not-found-anywhere = No hay artículos así donde buscar.
searched = { $count ->
        [one] Un artículo consultado
       *[other] { $count } artículos consultados
    }
searched-publisher = de { $publisher }
searched-since = desde el { $day }
searched-article = solo este artículo
asked-in-thread = { $question }
    Respondida en el hilo.
nearest-heading = **Los pasajes más cercanos.** Puede que no respondan a la pregunta.
further-heading = Otros pasajes. Puede que no respondan a la pregunta.
place = párrafo { $paragraph }, frase { $sentence }
also-in = también en { $count ->
        [one] otro
       *[other] otros { $count }
    }: { $names }
page-of = Página { $page } de { $pages }

## Buscar palabras

found-words = { $count ->
        [one] Una frase contiene
       *[other] { $count } frases contienen
    } { $words }
found-no-words = Ninguna frase contiene { $words }. Aquí busco las palabras tal como están escritas; para preguntar por lo que significan, usa { $ask }.
no-words = Escribe palabras, o una "frase exacta" entre comillas.

## Botones

button-context = Contexto
button-nearest = Ver los pasajes más cercanos
button-more = Más
button-previous = Anterior
button-next = Siguiente
button-helpful = Útil
button-not-helpful = No es útil
button-private = Preguntar en privado
voted-helpful = Gracias: anotado como útil. Puedes cambiar de opinión cuando quieras.
voted-not-helpful = Gracias: anotado como no útil. Puedes cambiar de opinión cuando quieras.
not-your-pages = Solo quien preguntó puede pasar estas páginas. «{ button-private }» te da una respuesta para ti.
forgotten = Ya no recuerdo esa respuesta. Vuelve a preguntar, por favor.
private-title = Preguntar en privado
private-label = Tu pregunta
private-hint = Solo tú ves la respuesta.

## Artículos

open-page = Abrir la página
articles-none = Todavía no hay artículos.
articles-total = { $count ->
        [one] un artículo
       *[other] { $count } artículos
    }
article-unknown = No hay ningún artículo «{ $title }». { $list } los muestra todos.
article-gone = Ese artículo ya no está en la biblioteca.
article-corrected = Ese artículo se ha corregido desde entonces y ya no dice esto.
since-corrected = Corregido desde entonces, el { $day } UTC. Esto es lo que decía antes.

## El servidor

status-heading = La biblioteca
status-articles = Artículos
status-newest = El más reciente
status-waiting = Por añadir
status-waiting-failed = { $waiting }; { $failed ->
        [one] uno apartado
       *[other] { $failed } apartados
    } (/articles failed)
status-model = Modelo
status-generation = Versión del índice
status-questions = Preguntas de hoy
status-median = Tiempo de respuesta (mediana)
status-helpful = Consideradas útiles
status-unseen = Lo que no veo
unseen-messages = los mensajes que no me mencionan: «Message Content Intent» está desactivado
nothing = –

help =
    { "" }**Respondo a preguntas sobre los artículos de la biblioteca con las palabras de los propios artículos.**

    - Mencióname, respóndeme o escríbeme directamente y pregunta: «how many troops?»
    - { $ask } hace lo mismo; con `privado:` solo tú ves la respuesta, y `artículo:`, `medio:` y `desde:` dicen dónde buscar.
    - Sigue desde una respuesta contestando a ella: «and when do they arrive?»
    - { $find } busca palabras o una "frase exacta" tal como están escritas.
    - Cada respuesta es una cita. Debajo pone de dónde viene; «{ button-context }» muestra lo que la rodea.
    - Si no encuentro algo, lo digo en vez de adivinar.

    { $list } muestra lo que he leído; { $show }, un artículo; { $status }, cuánto es.

    Si cuidas los artículos de aquí: { $add } acepta un enlace, un archivo o, en un formulario, un texto; { $remove } y { $export } hacen lo que dicen, y { $settings } muestra cómo me comporto.

    { $feeds } hace que los artículos de una fuente RSS lleguen solos; { $feeds_list } dice cómo va, { $feeds_check } mira enseguida, { $feeds_announce } dice dónde se anuncian los nuevos y { $feeds_remove } la deja. Lo que no se ha podido añadir está en { $failed }.

## Cuando algo va mal

error-rebuilding = La biblioteca se está reconstruyendo y después habrá que reiniciarme.
error-library = Ahora mismo no puedo leer la biblioteca.
error-lookup = Ahora mismo no puedo consultar eso.
error-other = Algo ha fallado por mi parte.
error-reference = { $sentence } Inténtalo más tarde; quien me administra lo encuentra como { $reference }.
slow-down = Has preguntado mucho en poco tiempo. Inténtalo de nuevo en { $seconds } s.
since-unreadable = No entiendo «{ $since }» como día. Escríbelo así: 2025-10-09, «9 de octubre de 2025», «7d» o «ayer».
date-ahead = «{ $date }» está en el futuro.
missing-permission = No puedo responder en { $channel }: allí me falta el permiso «{ $permission }».

## Mantener la biblioteca

only-in-servers = Eso solo funciona en un servidor: aquí no hay una colección propia.
not-an-editor = Solo quien puede «Gestionar servidor»{ $role ->
        [0] {""}
       *[other] , o tiene el rol { $mention },
    } puede cambiar los artículos de este servidor.
not-a-manager = Solo quien puede «Gestionar servidor» puede cambiar estos ajustes.
not-the-operator = Solo quien administra el bot puede hacer eso.
added-one = Añadido «{ $title }»: { $count ->
        [one] una frase
       *[other] { $count } frases
    }.
updated-one = Actualizado «{ $title }»: ahora { $count ->
        [one] una frase
       *[other] { $count } frases
    }.
unchanged-one = «{ $title }» ya está en la biblioteca, palabra por palabra.
added-many = { $added } añadidos, { $updated } actualizados, { $unchanged } sin cambios ({ $count } frases).
added-waiting = { $count ->
        [one] Un artículo espera
       *[other] { $count } artículos esperan
    } a ser añadidos; eso sigue solo.
added-later = Aún no se ha podido alcanzar; lo intentaré de nuevo por mi cuenta durante un día: { $reason }
refused = Rechazado: { $reason }
refused-more = … y { $count } más.
nothing-to-add = En este mensaje no hay nada que añadir: ni archivo, ni enlace, ni texto.
too-large = { $name } es demasiado grande: se aceptan archivos de hasta { $limit } MiB.
paste-title = Añadir un artículo
paste-field-title = Título
paste-field-publisher = Medio
paste-field-published = Fecha
paste-field-published-hint = Por ejemplo, 2025-10-09
paste-field-url = Enlace
paste-field-text = Texto
paste-again = Volver a abrir el formulario
draft-gone = Lo que escribiste ya no se conserva. Empieza de nuevo, por favor: { $add }.
date-unreadable = No entiendo «{ $date }» como día. Escríbelo así: 2025-10-09 o «9 de octubre de 2025».
remove-question = ¿Quitar «{ $title }» de los artículos de este servidor? No se puede deshacer.
remove-shared = «{ $title }» está en la colección compartida, que solo cambia quien administra el bot.
button-remove = Quitar
button-keep = Conservar
removed = Quitado «{ $title }».
kept = No se ha quitado nada.
export-empty = Este servidor todavía no tiene artículos propios.
export-done = { $count ->
        [one] El artículo
       *[other] Los { $count } artículos
    } de este servidor, un artículo por línea.
export-too-large = Los artículos de este servidor no caben en un solo archivo de Discord ({ $size } MiB). Quien administra el bot puede exportarlos: python -m index export --collection { $collection }
articles-none-such = No hay artículos así.

## Lo que llega solo

feed-followed = Sigo «{ $title }» ({ $url }). { $count ->
        [0] No tiene nada nuevo.
        [one] Se está añadiendo un artículo.
       *[other] Se están añadiendo { $count } artículos.
    }
feed-announced = Estos y los nuevos se anuncian en { $channel }.
feed-now-announced = Los artículos nuevos de «{ $title }» se anuncian en { $channel }.
feed-not-announced = Los artículos nuevos de «{ $title }» no se anuncian en ningún sitio.
feed-unclear = «{ $title }» puede ser más de una fuente; elige una de las que aparecen al escribir, o mira { $list }.
feed-shared = para todos los servidores
feed-mute = { $channel }, donde no puedo escribir
feed-removed = Ya no sigo «{ $title }». Sus artículos se quedan.
feed-unknown = Este servidor no sigue ninguna fuente «{ $title }». { $list } las muestra todas.
feeds-none = Este servidor no sigue ninguna fuente todavía.
feeds-too-many = Este servidor sigue { $count } fuentes, y no puede seguir más. { $remove } deja una.
feeds-total = { $count ->
        [one] una fuente
       *[other] { $count } fuentes
    }
feed-read = leída { $when }
feed-unread = aún sin leer
feed-failing = falla desde { $since }: { $reason }
feed-checked = «{ $title }»: { $count ->
        [0] nada nuevo.
        [one] un artículo nuevo o cambiado está en camino.
       *[other] { $count } artículos nuevos o cambiados están en camino.
    }
feed-check-failed = «{ $title }» no se puede leer: { $reason }
feeds-checked-more = … y { $count } más, con { $entries } artículos nuevos o cambiados.
feed-fails = La fuente «{ $title }» ({ $url }), que añadiste en { $server }, no se puede leer desde el { $day } UTC: { $reason }
    Lo sigo intentando. { $remove } la deja.
announced-more = … y { $count } más
channel-not-yours = Tú no puedes escribir en { $channel }, así que no anuncio nada allí por ti. No se ha cambiado nada.
failed-none = No hay nada apartado: todo lo que ha llegado se ha añadido o se está intentando.
failed-total = { $count ->
        [one] **Un artículo no se ha podido añadir.**
       *[other] **{ $count } artículos no se han podido añadir.**
    }
failed-forgotten = { $count ->
        [one] Olvidado: uno.
       *[other] Olvidados: { $count }.
    }
failed-retried = { $count ->
        [one] Se intenta uno
       *[other] Se intentan { $count }
    } de nuevo.
button-retry = Reintentar
button-retry-all = Reintentar todo
button-forget = Olvidar todo

## Ajustes

settings-heading = Ajustes de este servidor
settings-threads = Hilos
settings-threads-on = cada pregunta se responde en un hilo propio
settings-threads-off = las preguntas se responden donde se hacen
settings-channels = Canales de preguntas
settings-channels-none = ninguno: respondo donde me mencionan
settings-editors = Quién cambia los artículos
settings-editors-managers = quien puede «Gestionar servidor»
settings-editors-role = quien puede «Gestionar servidor» y { $role }
settings-cooldown = Preguntas por persona
settings-cooldown-none = tantas como quiera
settings-cooldown-some = { $questions } en { $seconds } s
settings-hint = «Añadir a la biblioteca» en el menú de un mensaje solo lo ven quienes gestionan el servidor; se puede mostrar a otros en Ajustes del servidor, Integraciones.
settings-saved = Guardado.
threads-no-permission = Guardado, pero en algunos canales me falta el permiso «{ $permission }»: allí respondo donde me preguntan.
channel-no-permission = No puedo escribir en { $channel }: allí me falta el permiso «{ $permission }». No se ha cambiado nada.
channel-unseen = Guardado, pero no veo los mensajes que no me mencionan: quien administra el bot tiene que activar «Message Content Intent».
delete-title = Borrarlo todo
delete-label = Escribe el nombre del servidor
delete-hint = { $name }
delete-explained = Esto borra todos los artículos que añadió este servidor, sus fuentes, sus ajustes y todo lo que se preguntó en él, al instante y para siempre.
delete-mistyped = Ese no es el nombre del servidor: no se ha borrado nada.
deleted = Borrado: { $count ->
        [one] un artículo
       *[other] { $count } artículos
    }, las fuentes, los ajustes y lo que se preguntó aquí.

## Para quien administra

status-last-added = Último cambio
status-memory = Memoria en uso
status-version = Versión
feedback-empty = No se preguntó nada que no encontrara, ni se valoró mal ninguna respuesta.
feedback-done = { $count ->
        [one] Una pregunta
       *[other] { $count } preguntas
    } que no encontré o cuya respuesta no sirvió, las últimas primero.

## Órdenes: lo que Discord muestra antes de usarlas

name-ask = preguntar
name-question = pregunta
name-article = artículo
name-publisher = medio
name-since = desde
name-private = privado
name-find = buscar
name-words = palabras
name-articles = artículos
name-list = lista
name-show = ver
name-help = ayuda
name-status = estado
name-ask-the-library-about-this = Preguntar a la biblioteca
ask-description = Haz una pregunta; los artículos responden con sus propias palabras.
ask-question = ¿Qué quieres saber?
ask-article = Buscar en un solo artículo; elige uno de los que aparecen mientras escribes.
ask-publisher = Buscar solo en lo que ha publicado este medio.
ask-since = Buscar solo en lo más reciente: desde un día, o «7d», «ayer».
ask-private = Solo tú ves la respuesta.
find-description = Buscar palabras o una "frase exacta" tal como están escritas, lo más reciente primero.
find-words = Palabras que la frase debe contener; "frases exactas", entre comillas.
articles-description = Los artículos de la biblioteca.
articles-list-description = Lista de los artículos, los más recientes primero.
articles-show-description = Leer un artículo.
articles-show-article = Su título; elige uno de los que aparecen mientras escribes.
help-description = Qué hace este bot y cómo preguntar.
status-description = Cuánto contiene la biblioteca.
name-add = añadir
name-file = archivo
name-url = enlace
name-paste = pegar
name-remove = quitar
name-export = exportar
name-failed = fallidos
name-feeds = fuentes
name-feed = fuente
name-check = comprobar
name-announce = anunciar
name-settings = ajustes
name-threads = hilos
name-on = sí
name-ask-channel = canal
name-channel = canal
name-editors = editores
name-role = rol
name-cooldown = límite
name-questions = preguntas
name-seconds = segundos
name-delete-everything = borrarlo-todo
name-feedback = opiniones
name-add-to-the-library = Añadir a la biblioteca
articles-list-publisher = Solo lo que ha publicado este medio.
articles-list-since = Solo lo más reciente: desde un día, o «7d», «ayer».
articles-add-description = Añadir artículos a este servidor: un enlace, un archivo o un formulario donde pegar uno.
articles-add-url = La dirección de la página de un artículo.
articles-add-file = Un archivo .txt, .md, .html o .jsonl de hasta 8 MiB.
articles-add-paste = Abrir el formulario aunque haya un archivo.
articles-remove-description = Quitar un artículo de la colección de este servidor.
articles-remove-article = Su título; elige uno de los que aparecen mientras escribes.
articles-export-description = Llevarse los artículos de este servidor, en un archivo .jsonl.
articles-failed-description = Lo que no se ha podido añadir, y por qué; para reintentarlo.
feeds-description = Las fuentes RSS cuyos artículos se añaden solos.
feeds-add-description = Seguir una fuente: sus artículos se añaden solos a la colección de este servidor.
feeds-add-url = La dirección de una fuente (RSS o Atom) o de una página que indica una.
feeds-add-channel = Dónde se anuncian los artículos nuevos, en una línea discreta cada uno.
feeds-announce-description = Anunciar los artículos nuevos de una fuente en un canal, o ya en ninguno.
feeds-announce-feed = Su título; elige una de las que aparecen al escribir.
feeds-announce-channel = El canal; déjalo vacío para no anunciarlos.
feeds-list-description = Las fuentes que sigue este servidor, y cómo va.
feeds-remove-description = Dejar de seguir una fuente; sus artículos se quedan.
feeds-remove-feed = Su título; elige uno de los que aparecen al escribir.
feeds-check-description = Buscar artículos nuevos ahora.
feeds-check-feed = Solo en esta fuente; elige una de las que aparecen al escribir.
settings-description = Cómo me comporto en este servidor.
settings-show-description = Ver los ajustes de este servidor.
settings-threads-description = Responder a cada pregunta en un hilo propio.
settings-threads-on-option = Si hacerlo.
settings-channel-description = Responder a todas las preguntas de un canal, sin mención.
settings-channel-channel = El canal.
settings-channel-on = Si hacerlo.
settings-editors-description = Permitir que un rol añada y quite artículos.
settings-editors-option = El rol; sin él, solo quienes gestionan el servidor.
settings-cooldown-description = Cuánto puede preguntar cada persona en poco tiempo.
settings-cooldown-questions = Tantas preguntas…
settings-cooldown-seconds = … en tantos segundos; 0: tantas como quiera.
settings-delete-description = Borrar ya los artículos, las fuentes, los ajustes y las preguntas de este servidor.
feedback-description = Lo que la gente ha preguntado, para quien administra el bot.
feedback-export-description = Lo que no se encontró o no sirvió, en una tabla.
