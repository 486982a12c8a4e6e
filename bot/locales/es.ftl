# Los mensajes del bot en español. Las claves son las mismas que en en.ftl.

## Respuestas

library-empty = La biblioteca está vacía: todavía no hay nada que consultar.
not-found = No lo he encontrado en { $count ->
        [one] el artículo
       *[other] los { $count } artículos
    } que he consultado. Entiendo mejor las preguntas en inglés.
only-in-english = Los artículos están en inglés y solo entiendo preguntas en inglés. Por favor, pregunta en inglés.
part-not-found = No lo he encontrado.
not-found-anywhere = Ningún artículo cumple estos filtros.
searched = { $count ->
        [one] Un artículo consultado
       *[other] { $count } artículos consultados
    }
searched-publisher = de { $publisher }
searched-since = desde el { $day }
searched-until = hasta el { $day }
searched-article = filtrado por artículo
days-since = desde el { $day }
days-until = hasta el { $day }
days-on = del { $day }
days-from-to = del { $first } al { $last }
period-narrows = solo artículos { $days } («{ $words }»)
period-prefers = primero { $days } («{ $words }»)
period-widened = Ningún artículo { $days } («{ $words }») responde a esto, así que he buscado en todas las fechas.
corrected = He buscado { $words }.
corrected-word = { $searched } en lugar de { $typed }
asked-in-thread = { $question }
    Respuesta en el hilo.
answer-line = Respuesta: { $answer }
weak-answer = Puede que sea esto: { $answer }
weak-heading = Puede que sea esto.
sources-differ = **Los medios no coinciden:**
differs-over-time = **Publicado a lo largo del tiempo, lo más reciente primero:**
sources-more = { $sources }; y { $count ->
        [one] uno más
       *[other] { $count } más
    }
nearest-heading = **Los pasajes más cercanos.** Puede que no respondan a la pregunta.
further-heading = Otros pasajes. Puede que no respondan a la pregunta.
further-none = No hay más pasajes.
place = párrafo { $paragraph }, frase { $sentence }
place-sentences = párrafo { $paragraph }, frases { $sentence }–{ $last }
place-over-break = { $first } – { $last }
same-article = mismo artículo que { $number }
also-in = también en { $names }
also-in-more = también en { $names } y { $count ->
        [one] uno más
       *[other] { $count } más
    }
page-of = Página { $page } de { $pages }

## Búsqueda de frases

found-words = { $count ->
        [one] Una frase contiene
       *[other] { $count } frases contienen
    } { $words }
found-no-words = Ninguna frase contiene { $words }. Este comando busca las palabras exactas; para hacer una pregunta, usa { $ask }.
no-words = Escribe unas palabras o una "frase exacta" entre comillas.

## Cronologías

timeline-no-words = Escribe de qué debe tratar la cronología: una pregunta, como «how many died?», o un tema, como «the flood».
timeline-not-yours = Solo quien ha preguntado puede pasar estas páginas. Usa { $timeline } para obtener tu propia cronología.
timeline-undated = Sin fecha
timeline-entries = { $count ->
        [one] He encontrado un artículo que dice algo sobre esto
       *[other] { $count } artículos, del más antiguo al más reciente
    }
timeline-omitted = { $count ->
        [one] se omite un artículo menos seguro
       *[other] se omiten { $count } artículos menos seguros
    }
timeline-picture = Las cifras por fecha. { $points }.
timeline-point = { $day }, { $publisher }: { $figure }

## Botones

button-context = Contexto
button-nearest = Ver los pasajes más cercanos
button-as-typed = Buscar tal como está escrito
button-read = Leer
button-more = Más
button-previous = Anterior
button-next = Siguiente
button-helpful = Útil
button-not-helpful = No es útil
button-private = Preguntar en privado
button-all-dates = Buscar en todas las fechas
button-ignore-dates = Ignorar las fechas
voted-helpful = ¡Gracias por tu opinión! Marcada como útil; puedes cambiar tu voto cuando quieras.
voted-not-helpful = ¡Gracias por tu opinión! Marcada como no útil; puedes cambiar tu voto cuando quieras.
forgotten = Esa respuesta ya no está guardada. Vuelve a preguntar, por favor.
private-title = Preguntar en privado
private-label = Tu pregunta
private-hint = Solo tú verás la respuesta.

## Artículos

open-page = Abrir la página
articles-none = Todavía no hay artículos.
articles-total = { $count ->
        [one] un artículo
       *[other] { $count } artículos
    }
article-unknown = No hay ningún artículo llamado «{ $title }». { $list } los muestra todos.
article-unclear = Hay más de un artículo que coincide con «{ $title }». Elige una de las sugerencias o escribe más del título:
    { $names }
publisher-unknown = Aquí no hay ningún artículo de un medio llamado «{ $name }». { $list } muestra los medios.
publisher-unclear = Hay más de un medio que coincide con «{ $name }». Elige una de las sugerencias o escribe más del nombre:
    { $names }
open-article = Abrir un artículo
read-changed = Este artículo ha cambiado desde que lo abriste. Esta es la página tal como está ahora.
article-gone = Ese artículo ya no está en la biblioteca.
article-corrected = Ese artículo se ha corregido y ya no dice esto.
article-damaged = Ese artículo está dañado en el disco de quien administra el bot, así que no lo cito. Se repara si se vuelve a añadir.
since-corrected = Corregido el { $day } UTC. Esta es la versión anterior.

## Resúmenes

overview-key-sentences = Frases clave, las de significado más cercano al resto del artículo
overview-people = **Personas:** { $names }
overview-places = **Lugares:** { $names }
overview-figures = **Cifras:** { $names }
overview-empty = Este artículo no tiene frases que pueda citar.
overview-menu = Mostrar el resumen de un artículo
button-overview = Resumen
articles-overview-description = Mostrar el comienzo, las frases clave, las personas, los lugares y las cifras de un artículo.

## El servidor

status-heading = La biblioteca
status-articles = Artículos
status-newest = El más reciente
status-waiting = Pendientes de añadir
status-waiting-failed = { $waiting } ({ $failed ->
        [one] uno ha fallado
       *[other] { $failed } han fallado
    }: véase /manage articles failed)
status-model = Modelo de vectores
status-generation = Versión del índice
status-questions = Preguntas en las últimas 24 horas
status-median = Tiempo de respuesta (mediana)
status-helpful = Valoradas como útiles
status-held = Conservados sin su archivo
status-held-articles = { $count ->
    [one] 1 artículo
   *[other] { $count } artículos
  }. Falta la mayoría de los archivos de la carpeta de artículos; quizá no esté montada una unidad. Para borrar los artículos: python -m index watch --accept-removals
status-unseen = Mensajes que no puedo leer
unseen-messages = los que no me mencionan, porque «Message Content Intent» está desactivado
nothing = –

## Bienvenida y ayuda

welcome-greeting = ¡Hola!
welcome-farewell = ¡Hasta luego!
welcome-thanks = ¡De nada!
welcome-opinion = Gracias por tu opinión.
welcome-about = **Respondo a preguntas sobre artículos de prensa con las palabras de los propios artículos.**
welcome-how = Mencióname, envíame un mensaje directo o usa { $ask }. Para seguir preguntando, contesta a mi respuesta. { $help } muestra qué más puedo hacer.
welcome-how-here = Escribe una pregunta en este canal o usa { $ask }. Para seguir preguntando, contesta a mi respuesta. { $help } muestra qué más puedo hacer.
welcome-examples = Pregunta, por ejemplo:
welcome-library = La biblioteca tiene { $count ->
        [one] un artículo
       *[other] { $count } artículos
    }; el más reciente: { $newest }
welcome-empty = La biblioteca aún no tiene artículos. Los editores los añaden con { $add }.
help =
    { "" }**Respondo a preguntas sobre artículos de prensa con las palabras de los propios artículos.** Hay tres maneras de preguntar:

    1. **Mencióname**, respóndeme o envíame un mensaje directo: «how many troops?»
    2. Usa { $ask }, que también permite ocultar la respuesta a los demás y filtrar los artículos.
    3. Para buscar palabras exactas, usa { $find }. Para que responda a la pregunta de un mensaje, elige «Aplicaciones» y «Preguntar a la biblioteca» en su menú.
help-title = Tres maneras de preguntar
help-more = Más ayuda…
help-section-gone = Esa sección ya no existe. { $help } muestra las que hay.
help-asking-title = Preguntar mejor
help-asking =
    ### Preguntar mejor
    - Para continuar a partir de una respuesta, contesta a ella: «and when do they arrive?»
    - Para que responda a la pregunta de otra persona, contesta a su mensaje mencionándome.
    - Haz varias preguntas a la vez, o escribe «tell me about the flood» o «list the countries involved».
    - En { $ask }, `artículo:`, `medio:`, `desde:` y `hasta:` filtran los artículos.
    - { $find } busca palabras o una "frase exacta" tal como están escritas.
    - Cada respuesta es una cita con su fuente debajo; «{ button-context }» muestra el texto que la rodea.
    - Si los medios dan cifras distintas, lo digo y las muestro todas.
    - Si no encuentro una respuesta, lo digo en vez de adivinar.
help-reading-title = Leer los artículos
help-reading =
    ### Leer los artículos
    - { $articles-list } muestra la lista de artículos; el menú que hay debajo abre uno.
    - { $articles-show } abre uno.
    - { $articles-overview } resume uno con sus propias frases. También «summarize the flood», o «summarize this» como contestación a una respuesta.
    - { $status } indica cuántos artículos hay y cómo estoy funcionando.
help-adding-title = Para editores: artículos
help-adding =
    ### Para editores: artículos
    - { $manage-articles-add } añade artículos desde un enlace, un archivo o un formulario. En el menú de un mensaje, «Añadir a la biblioteca» añade los archivos del mensaje, las páginas que enlaza o su texto.
    - { $manage-articles-edit } corrige un artículo y { $manage-articles-remove } lo quita.
    - { $manage-articles-undo } restaura el último artículo que se quitó y { $manage-articles-history } muestra qué han cambiado los editores.
    - { $manage-articles-failed } muestra los artículos que no se han podido añadir.
    - { $manage-articles-export } descarga todos los artículos de este servidor.
help-feeds-title = Para editores: fuentes RSS
help-feeds =
    ### Para editores: fuentes RSS
    Las fuentes RSS añaden artículos nuevos automáticamente.
    - { $manage-feeds-add } sigue una fuente y { $manage-feeds-remove } deja de seguirla.
    - { $feeds-list } muestra las fuentes y su estado.
    - { $manage-feeds-announce } elige el canal donde se anuncian los artículos nuevos de una fuente; los antiguos se añaden sin avisar.
    - { $manage-feeds-check } busca artículos nuevos ahora.
    - { $manage-feeds-import } sigue todas las fuentes de una lista y { $manage-feeds-export } te da la de este servidor.
help-following-title = Seguir la actualidad
help-following =
    ### Seguir la actualidad
    - { $watch-add } te avisa cuando un artículo posterior da otra respuesta a una pregunta: «how many troops?» era 200 y ahora es 340. { $watch-list } muestra las preguntas que sigues; { $watch-pause }, { $watch-resume } y { $watch-remove } las cambian.
    - { $digest } muestra los artículos nuevos por noticia y lo que ha cambiado. { $settings-digest } lo publica cada día o cada semana.
    - { $timeline } muestra lo que dicen los artículos sobre algo a lo largo del tiempo, como «death toll», con un gráfico de las cifras.
help-settings-title = Ajustes de este servidor
help-settings =
    ### Ajustes de este servidor
    - { $settings-show } muestra todos los ajustes. Para cambiarlos hace falta el permiso «Gestionar servidor».
    - { $settings-ask-channel } elige un canal o foro donde respondo a las preguntas sin que me mencionen.
    - { $settings-threads } abre un hilo para cada pregunta.
    - { $settings-editors } elige el rol que puede cambiar los artículos y las fuentes.
    - { $settings-cooldown } limita cuántas preguntas puede hacer cada persona.
    - { $settings-digest } publica un resumen de novedades en un canal, cada día o cada semana.
    - { $settings-delete-everything } borra todo lo que guardo de este servidor.
help-privacy-title = Quién ve qué
help-privacy =
    ### Quién ve qué
    - Las respuestas son públicas. Para que solo tú veas una, usa { $ask } con `privado:`, «{ button-private }» debajo de una respuesta o un mensaje directo.
    - Lo que añade este servidor solo se puede leer en este servidor.
    - Guardo las preguntas y los votos durante 180 días para que funcionen los botones y las preguntas de seguimiento. Quien administra el bot puede ver qué preguntas no tuvieron respuesta o la tuvieron poco útil.

## Resúmenes de novedades

digest-heading = Novedades desde: { $since }
digest-stories = { $count ->
        [one] una noticia
       *[other] { $count } noticias
    }
digest-changes = Cifras y declaraciones que han cambiado
digest-before = antes: { $former } · { $source }
digest-nothing = No se ha añadido ni corregido nada desde: { $since }.
digest-schedule = { $frequency } a las { $at } ({ $zone }) en { $channel }
digest-scheduled = El resumen de novedades se publica { $schedule }; el primero, { $first }. Si no hay novedades, no se publica nada.
digest-canceled = El resumen de novedades ya no se publica.
digest-none-scheduled = Este servidor no tiene ningún resumen de novedades programado.
digest-time-unreadable = No entiendo la hora «{ $at }». Escríbela como 08:00 o 18:30.
digest-zone-unknown = No conozco la zona horaria «{ $zone }». Elige una de las sugerencias, por ejemplo Europe/Madrid.
digest-channel-missing = Elige el canal con `channel:`.

## Errores

error-rebuilding = La biblioteca se ha reconstruido con otro modelo y hay que reiniciarme.
error-library = Ahora mismo no puedo leer la biblioteca.
error-lookup = Ahora mismo no puedo responder a eso.
error-other = Algo ha fallado por mi parte.
error-discord = Discord no ha aceptado mi respuesta. Inténtalo de nuevo en unos minutos.
error-reference = { $sentence } Inténtalo más tarde. Quien me administra puede ver los detalles en el registro con la referencia { $reference }.
busy = Estoy ocupado: hay demasiadas preguntas en espera. Inténtalo de nuevo en un momento.
slow-down = Has hecho demasiadas preguntas en poco tiempo. Inténtalo de nuevo en { $seconds } s.
since-unreadable = No entiendo la fecha «{ $since }». Escríbela así: 2025-10-09, «9 de octubre de 2025», «7d» o «ayer».
until-before-since = `hasta:` ({ $until }) es anterior a `desde:` ({ $since }), así que ningún artículo puede cumplirlo.
date-ahead = «{ $date }» está en el futuro.
cannot-write = No puedo responder en { $channel } porque Discord no me deja escribir allí.
role-mention-unreadable = No puedo leer los mensajes que mencionan mi rol. Menciona mi nombre en su lugar, por favor.
missing-permission = No puedo responder en { $channel } porque allí no tengo el permiso «{ $permission }».

## Editar la biblioteca

only-in-servers = Eso solo funciona en un servidor: los mensajes directos no tienen una colección propia.
not-an-editor = Solo los miembros con el permiso «Gestionar servidor»{ $role ->
        [0] {""}
       *[other] { "" } o con el rol { $mention }
    } pueden cambiar los artículos de este servidor.
not-a-manager = Solo los miembros con el permiso «Gestionar servidor» pueden cambiar estos ajustes.
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
        [one] Un artículo espera a ser añadido
       *[other] { $count } artículos esperan a ser añadidos
    }; no hace falta hacer nada.
added-postponed = Aún no añadido: ahora mismo no puedo guardar { $count ->
        [one] el artículo
       *[other] { $count } artículos
    } en la biblioteca. Lo seguiré intentando durante un día; no hace falta hacer nada. Después, mira /manage articles failed.
added-later = Ahora mismo no se puede acceder; lo seguiré intentando durante un día: { $reason }
refused = No añadido. { $reason }
refused-more = … y { $count } más.
nothing-to-add = Este mensaje no tiene nada que añadir: ni archivo, ni enlace, ni texto.
too-large = { $name } es demasiado grande; el límite es de { $limit } MiB.
paste-alone = No se ha añadido nada: `paste:` abre un formulario y no se puede combinar con `url:` ni con `file:`.
paste-title = Añadir un artículo
paste-field-title = Título
paste-field-publisher = Medio
paste-field-published = Fecha
paste-field-published-hint = Por ejemplo, 2025-10-09
paste-field-url = Enlace
paste-field-text = Texto
paste-again = Volver a abrir el formulario
draft-gone = Tu borrador ya no está guardado. Empieza de nuevo con { $add }.
date-unreadable = No entiendo la fecha «{ $date }». Escríbela así: 2025-10-09 o «9 de octubre de 2025».
remove-question = ¿Quitar «{ $title }» de los artículos de este servidor? Se puede deshacer durante 30 días.{ $versions ->
        [0] { "" }
        [one] { " " }Su versión anterior no se podrá restaurar.
       *[other] { " " }Sus { $versions } versiones anteriores no se podrán restaurar.
    }
remove-shared = «{ $title }» está en la colección compartida, que solo puede cambiar quien administra el bot.
button-remove = Quitar
button-keep = Conservar
removed = Quitado «{ $title }». Con { $undo } puedes restaurarlo durante 30 días.
button-undo = Deshacer
restored = Restaurado «{ $title }».
undo-nothing = No hay ningún artículo quitado que restaurar. Los artículos quitados se guardan 30 días.
undo-gone = Ese artículo ya no se puede restaurar. Los artículos quitados se guardan 30 días.
undo-there = «{ $title }» ya está en la biblioteca; no se ha restaurado nada.
edit-refused = No se ha guardado. { $reason }
edit-title = Editar un artículo
edit-text-title = Corregir el texto
edit-field-author = Autor
edit-text-too-long = El texto tiene más de { $limit } caracteres, el máximo que cabe en un formulario. Sube el texto corregido completo como archivo con `archivo:`.
edit-one-text = { $name } contiene { $count } artículos. Un archivo con un texto corregido debe contener exactamente uno.
edit-link-taken = No se ha cambiado nada: «{ $title }» ya tiene ese enlace.
edit-nothing = «{ $title }» ya dice exactamente eso; no se ha cambiado nada.
saved-edited = Guardados los cambios en «{ $title }».
saved-corrected = Corregido «{ $title }». Las respuestas anteriores muestran que se ha corregido.
correction-question = { $count ->
        [one] { $titles } ya está. ¿Es el tuyo una versión corregida? No se añadirá hasta que elijas.
       *[other] Estos ya están: { $titles }. ¿Son los tuyos versiones corregidas? No se añadirán hasta que elijas.
    }
button-correct = { $count ->
        [one] Corregirlo
       *[other] Corregirlos
    }
button-another = { $count ->
        [one] Añadir como otro artículo
       *[other] Añadir como otros artículos
    }
button-cancel = Cancelar
correction-canceled = No se ha cambiado nada.
history-none = Todavía no se ha registrado nada.
history-unknown = No hay nada registrado sobre un artículo llamado «{ $title }».
history-total = { $count ->
        [one] un cambio
       *[other] { $count } cambios
    }
history-added = { $who } añadió «{ $title }»
history-corrected = { $who } corrigió «{ $title }»
history-edited = { $who } editó «{ $title }»
history-title = título
history-publisher = medio
history-author = autor
history-date = fecha
history-link = enlace
history-text = texto
history-removed = { $who } quitó «{ $title }»
history-restored = { $who } restauró «{ $title }»
history-followed = { $who } empezó a seguir la fuente «{ $title }»
history-unfollowed = { $who } dejó de seguir la fuente «{ $title }»
kept = No se ha quitado nada.
export-empty = Este servidor todavía no tiene artículos propios.
export-done = { $count ->
        [one] El artículo
       *[other] Los { $count } artículos
    } de este servidor, uno por línea.
export-too-large = Los artículos de este servidor no caben en un archivo de Discord ({ $size } MiB). Quien administra el bot puede exportarlos con: python -m index export --collection { $collection }
articles-none-such = Ningún artículo cumple estos filtros.

## Fuentes y artículos fallidos

feed-followed = Sigo «{ $title }» ({ $url }). { $count ->
        [0] No tiene artículos nuevos.
        [one] Se está añadiendo un artículo.
       *[other] Se están añadiendo { $count } artículos.
    }
feed-announced = Sus artículos se anuncian en { $channel }.
feed-now-announced = Los artículos nuevos de «{ $title }» se anuncian ahora en { $channel }.
feed-not-announced = Los artículos nuevos de «{ $title }» ya no se anuncian.
feed-unclear = Hay más de una fuente que coincide con «{ $title }». Elige una de las sugerencias o escribe más del título:
    { $names }
feed-shared = para todos los servidores
feed-mute = { $channel } (no puedo escribir allí)
feed-removed = He dejado de seguir «{ $title }». Sus artículos se conservan.
feed-unknown = Este servidor no sigue ninguna fuente llamada «{ $title }». { $list } las muestra todas.
feeds-none = Este servidor todavía no sigue ninguna fuente.
feeds-too-many = Este servidor ya sigue { $count } fuentes, que es el límite. { $remove } deja de seguir una.
feeds-imported = { $count ->
        [0] No sigo ninguna fuente nueva.
        [one] Sigo una fuente más: { $titles }
       *[other] Sigo { $count } fuentes más: { $titles }
    }
feeds-imported-known = Ya las seguía: { $titles }
feeds-imported-more = … y { $count } más que no se pueden leer.
feeds-imported-left = { $count ->
        [one] Queda fuera una fuente
       *[other] Quedan fuera { $count } fuentes
    }, porque un servidor puede seguir hasta { $limit }.
feeds-exported = { $count ->
        [one] La fuente que sigue este servidor.
       *[other] Las { $count } fuentes que sigue este servidor.
    }
feeds-total = { $count ->
        [one] una fuente
       *[other] { $count } fuentes
    }
feed-read = comprobada { $when }
feed-unread = sin comprobar todavía
feed-failing = falla desde { $since }: { $reason }
feed-failing-briefly = falla desde { $since }
feed-checked = «{ $title }»: { $count ->
        [0] no hay artículos nuevos.
        [one] se está añadiendo un artículo nuevo o editado.
       *[other] se están añadiendo { $count } artículos nuevos o editados.
    }
feed-check-failed = «{ $title }» no se puede leer: { $reason }
feeds-checked-more = … y { $count } más, con { $entries ->
        [one] un artículo nuevo o editado
       *[other] { $entries } artículos nuevos o editados
    }.
feed-fails = La fuente «{ $title }» ({ $url }) que añadiste en { $server } falla desde el { $day } UTC: { $reason }
    Lo seguiré intentando; para dejar de seguirla, usa { $remove }.
announced-more = … y { $count } más
channel-not-yours = Solo anuncio artículos en canales donde tú también puedes escribir, y { $channel } no es uno de ellos. No se ha cambiado nada.
failed-none = No hay artículos que no se hayan podido añadir.
failed-total = { $count ->
        [one] **Un artículo no se ha podido añadir.**
       *[other] **{ $count } artículos no se han podido añadir.**
    }
failed-forgotten = { $count ->
        [one] Un artículo descartado.
       *[other] { $count } artículos descartados.
    }
failed-retried = { $count ->
        [one] Se está intentando de nuevo con un artículo.
       *[other] Se está intentando de nuevo con { $count } artículos.
    }
button-retry = Reintentar
button-retry-all = Reintentar todo
button-forget = Descartar todo

## Seguimiento de preguntas

watch-no-words = Escribe la pregunta que quieres seguir, como «how many troops?».
watch-known = La respuesta hasta ahora:
watch-not-known = Los artículos aún no responden a esto.
watch-where-direct = Cuando un artículo posterior { $known ->
        [true] dé otra respuesta
       *[false] responda a esto
    }, te enviaré un mensaje directo. Serán como máximo 5 al día; los demás cambios llegarán juntos en uno solo.
watch-where-channel = Cuando un artículo posterior { $known ->
        [true] dé otra respuesta
       *[false] responda a esto
    }, la publicaré en { $channel }. Serán como máximo 5 mensajes al día; los demás cambios llegarán juntos en uno solo.
watch-direct = por mensaje directo
watch-first-message = Te escribiré aquí cuando cambie la respuesta a «{ $question }».
watch-changed = Antes: { $old } ({ $source }). Ahora: { $new }.
watch-changed-unknown = Antes: { $old }. Ahora: { $new }.
watch-now = Ahora: { $new }.
watch-answered = Ya hay respuesta: { $new }.
watch-has-changed = La respuesta ha cambiado.
watch-has-answer = Ya hay respuesta.
watch-old-gone = El artículo con la respuesta anterior ya no está en la biblioteca.
watch-changes = La respuesta ha cambiado { $count } veces desde mi último mensaje; esta es la más reciente.
watch-limit = Este es el último de { $count } mensajes sobre esta pregunta en un día. Los demás cambios llegarán juntos en un solo mensaje.
watch-paused = En pausa: «{ $question }». Con { $list } puedes reanudarla.
watch-resumed = Vuelvo a seguir «{ $question }».
watch-removed = Ya no sigo «{ $question }».
watch-gone = Esta pregunta ya no está en seguimiento.
watch-not-yours = Solo pueden cambiar este seguimiento quien lo creó y los editores del servidor.
watch-channel-editors = Solo quienes pueden cambiar los artículos de este servidor pueden hacer que publique los cambios en un canal. Sin `canal:`, te los envío a ti.
watch-left = Ya no estás en el servidor de cuyos artículos procede esta cita.
watch-too-many = Ya sigues { $count } preguntas, que es el límite. { $list } las muestra para que puedas quitar alguna.
watch-several-questions = Eso es más de una pregunta. Sigue cada una por separado.
watch-no-direct-messages = No puedo enviarte mensajes directos. Permítelos en los ajustes de privacidad de este servidor e inténtalo de nuevo. No se ha cambiado nada.
watch-unknown = No sigues ninguna pregunta como «{ $question }». { $list } las muestra todas.
watch-unclear = Más de una pregunta que sigues contiene «{ $question }». Elige una de las sugerencias o consulta { $list }.
watch-state-paused = en pausa
watch-state-unreachable = en pausa, porque no pude enviar un mensaje allí
watch-state-unanswered = aún sin respuesta
watches-none = Todavía no sigues ninguna pregunta.
watches-total = { $count ->
        [one] una pregunta en seguimiento
       *[other] { $count } preguntas en seguimiento
    }
button-pause = Pausar
button-resume = Reanudar
button-stop-watching = Dejar de seguir

## Respuestas corregidas

quotes-corrected = **{ $count ->
        [one] El artículo de la cita { $numbers } se ha corregido y ya no dice esto.
       *[other] Los artículos de las citas { $numbers } se han corregido y ya no dicen esto.
    }**
quotes-removed = **{ $count ->
        [one] El artículo de la cita { $numbers } se ha quitado de la biblioteca.
       *[other] Los artículos de las citas { $numbers } se han quitado de la biblioteca.
    }**

## Ajustes

settings-heading = Ajustes del servidor
settings-threads = Hilos
settings-threads-on = cada pregunta tiene su propio hilo
settings-threads-off = desactivados: las respuestas se publican en el canal
settings-channels = Canales de preguntas
settings-channels-none = ninguno: respondo cuando me mencionan
settings-editors = Editores
settings-editors-managers = miembros con el permiso «Gestionar servidor»
settings-editors-role = miembros con el permiso «Gestionar servidor» o el rol { $role }
settings-cooldown = Preguntas por persona
settings-digest = Resumen de novedades
settings-digest-none = ninguno
settings-cooldown-none = sin límite
settings-cooldown-some = { $questions } en { $seconds } s
settings-hint = Solo quienes gestionan el servidor ven { $manage } y «Añadir a la biblioteca» en el menú de un mensaje. Para que los vean otros, como el rol de los editores, un administrador puede permitirlo en Ajustes del servidor → Integraciones → { $bot }.
settings-saved = Guardado.
threads-no-permission = Guardado. En algunos canales no tengo el permiso «{ $permission }», así que allí respondo en el canal.
channel-no-permission = No puedo escribir en { $channel } porque allí no tengo el permiso «{ $permission }». No se ha cambiado nada.
channel-unseen = Guardado, pero no puedo leer los mensajes que no me mencionan hasta que quien administra el bot active «Message Content Intent».
delete-title = Borrarlo todo
delete-label = Escribe el nombre del servidor
delete-hint = { $name }
delete-explained = Esto borra para siempre todos los artículos que ha añadido este servidor, sus fuentes, sus preguntas en seguimiento, sus ajustes, el historial de sus cambios y el registro de sus preguntas.
delete-mistyped = Ese no es el nombre del servidor, así que no se ha borrado nada.
deleted = Borrado: { $count ->
        [one] un artículo
       *[other] { $count } artículos
    }, las fuentes, los ajustes y el registro de preguntas.

## Para quien administra

status-last-added = Último cambio
status-memory = Memoria en uso
status-version = Versión
status-backup = Última copia de seguridad
status-backup-failed = { $latest }. El último intento falló: { $reason }
status-failing = Falla
failing-since = { $work }, desde el { $since } UTC: { $reason }
loop-announcements = anunciar artículos
loop-articles-folder = seguir la carpeta de artículos
loop-digests = publicar los resúmenes de novedades
loop-corrections = marcar las respuestas cuyos artículos se han corregido
loop-failing-feeds = avisar de las fuentes que fallan
loop-feeds = consultar las fuentes
loop-indexes = guardar los índices
loop-links = descargar enlaces
loop-queue = añadir artículos
loop-retention = borrar datos antiguos
loop-schedule = iniciar lo que toca
loop-shared-feeds = seguir las fuentes de FEEDS
loop-watch-alarms = avisar de respuestas que han cambiado
loop-watches = comprobar las preguntas en seguimiento
feedback-empty = No hay preguntas sin respuesta ni respuestas valoradas como no útiles.
feedback-done = { $count ->
        [one] Una pregunta
       *[other] { $count } preguntas
    } sin respuesta o con una respuesta valorada como no útil, las más recientes primero.

## Nombres y descripciones de los comandos

name-ask = preguntar
name-question = pregunta
name-article = artículo
name-publisher = medio
name-since = desde
name-until = hasta
name-private = privado
name-find = buscar
name-words = palabras
name-timeline = cronología
name-about = tema
name-articles = artículos
name-overview = resumen
name-list = lista
name-show = ver
name-help = ayuda
name-status = estado
name-ask-the-library-about-this = Preguntar a la biblioteca
ask-description = Haz una pregunta y recibe una respuesta con las palabras de los artículos.
ask-question = ¿Qué quieres saber?
ask-article = Buscar solo en este artículo; elige una de las sugerencias.
ask-publisher = Buscar solo en los artículos de este medio.
ask-since = Buscar solo en artículos desde una fecha, como «2025-10-09», «7d» o «ayer».
ask-until = Buscar solo en artículos hasta una fecha, como «2025-10-09», «7d» o «octubre de 2025».
ask-private = Mostrar la respuesta solo a ti.
timeline-description = Mostrar lo que dicen los artículos sobre algo con el tiempo, con un gráfico de las cifras.
timeline-about = Una pregunta («how many died?») o un tema («the flood»).
timeline-private = Mostrar la cronología solo a ti.
find-description = Buscar frases con palabras o una "frase exacta", las más recientes primero.
find-words = Palabras que la frase debe contener; las "frases exactas", entre comillas.
articles-description = Los artículos de la biblioteca.
articles-list-description = Lista de los artículos, los más recientes primero.
articles-show-description = Leer un artículo.
articles-show-article = El título del artículo; elige una de las sugerencias.
help-description = Qué hace este bot y cómo se usa.
status-description = Cuántos artículos tiene la biblioteca y cómo está el bot.
name-manage = gestionar
name-add = añadir
name-file = archivo
name-url = enlace
name-paste = pegar
name-edit = editar
name-text = texto
name-history = historial
name-undo = deshacer
name-remove = quitar
name-export = exportar
name-import = importar
name-failed = fallidos
name-feeds = fuentes
name-watch = seguir
name-pause = pausar
name-resume = reanudar
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
articles-list-publisher = Solo los artículos de este medio.
articles-list-since = Solo artículos desde una fecha, como «2025-10-09», «7d» o «ayer».
articles-list-until = Solo artículos hasta una fecha, como «2025-10-09», «7d» o «octubre de 2025».
articles-add-description = Añadir artículos a este servidor desde un enlace, un archivo o un formulario.
articles-add-url = El enlace a un artículo.
articles-add-file = Un archivo .txt, .md, .html, .pdf, .docx, .epub o .jsonl de hasta 8 MiB.
articles-add-paste = Abrir el formulario para pegar un artículo.
articles-remove-description = Quitar un artículo de la colección de este servidor.
articles-remove-article = El título del artículo; elige una de las sugerencias.
articles-edit-description = Editar título, medio, autor, fecha y enlace de un artículo o corregir su texto.
articles-edit-article = El título del artículo; elige una de las sugerencias.
articles-edit-text = Corregir el texto en lugar del título, el medio, el autor, la fecha y el enlace.
articles-edit-file = Un archivo con el texto corregido completo.
articles-history-description = Ver qué han cambiado los editores en los artículos y las fuentes de este servidor.
articles-history-article = Solo este artículo; elige una de las sugerencias.
articles-undo-description = Restaurar el último artículo que se quitó.
articles-export-description = Descargar los artículos de este servidor como archivo .jsonl.
articles-failed-description = Ver los artículos que no se han podido añadir y reintentarlo.
manage-description = Para editores: cambiar los artículos y las fuentes de este servidor.
manage-articles-description = Añadir, editar, quitar y exportar artículos.
manage-feeds-description = Seguir, anunciar y comprobar fuentes.
feeds-description = Fuentes RSS cuyos artículos se añaden automáticamente.
feeds-add-description = Seguir una fuente y añadir sus artículos a la colección de este servidor.
feeds-add-url = El enlace a una fuente (RSS, Atom o JSON Feed) o a una página que tiene una.
feeds-add-channel = El canal donde se anuncian los artículos nuevos.
feeds-import-description = Seguir todas las fuentes de una lista de otro programa (OPML).
feeds-import-file = El archivo OPML.
feeds-export-description = Descargar la lista de fuentes de este servidor (OPML).
feeds-announce-description = Empezar o dejar de anunciar los artículos nuevos de una fuente en un canal.
feeds-announce-feed = El título de la fuente; elige una de las sugerencias.
feeds-announce-channel = El canal; déjalo vacío para dejar de anunciarlos.
feeds-list-description = Ver las fuentes que sigue este servidor y su estado.
feeds-remove-description = Dejar de seguir una fuente; sus artículos se conservan.
feeds-remove-feed = El título de la fuente; elige una de las sugerencias.
feeds-check-description = Comprobar ahora si las fuentes tienen artículos nuevos.
feeds-check-feed = Solo esta fuente; elige una de las sugerencias.
settings-description = Ajustes de este servidor.
settings-show-description = Ver los ajustes de este servidor.
settings-threads-description = Responder a cada pregunta en su propio hilo.
settings-threads-on-option = Activar o desactivar los hilos.
settings-channel-description = Responder sin mención a las preguntas sobre los artículos en un canal o foro.
settings-channel-channel = El canal o foro.
settings-channel-on = Activarlo o desactivarlo.
settings-editors-description = Permitir que un rol añada y quite artículos.
settings-editors-option = El rol; déjalo vacío para permitirlo solo a quienes gestionan el servidor.
settings-cooldown-description = Limitar cuántas preguntas puede hacer cada persona.
settings-cooldown-questions = El número de preguntas.
settings-cooldown-seconds = El periodo en segundos; 0 para no limitar.
name-digest = novedades
name-every = cada
name-at = hora
name-zone = zona
settings-digest-description = Publicar un resumen de novedades en un canal, cada día o cada semana.
settings-digest-every = Qué días.
settings-digest-channel = El canal.
settings-digest-at = La hora, como 08:00 (por defecto) o 18:30.
settings-digest-zone = La zona horaria, como Europe/Madrid; por defecto, UTC.
digest-description = Mostrar los artículos nuevos por noticia y lo que ha cambiado.
digest-since = El primer día, como 2025-10-09, «7d» o «la semana pasada». Por defecto, las últimas 24 horas.
every-day = todos los días
every-mon = todos los lunes
every-tue = todos los martes
every-wed = todos los miércoles
every-thu = todos los jueves
every-fri = todos los viernes
every-sat = todos los sábados
every-sun = todos los domingos
every-never = nunca
settings-delete-description = Borrar para siempre los artículos, fuentes, ajustes y preguntas del servidor.
watch-description = Recibir un mensaje cuando cambie la respuesta a una pregunta.
watch-add-description = Seguir una pregunta: recibir un mensaje cuando un artículo posterior dé otra respuesta.
watch-add-question = La pregunta, como «how many troops?».
watch-add-channel = Publicar los cambios en este canal (solo editores); si no, por mensaje directo.
watch-list-description = Ver las preguntas que sigues, para pausarlas o quitarlas.
watch-pause-description = Pausar una pregunta que sigues.
watch-pause-watch = La pregunta; elige una de las sugerencias.
watch-resume-description = Reanudar una pregunta que sigues.
watch-resume-watch = La pregunta; elige una de las sugerencias.
watch-remove-description = Dejar de seguir una pregunta.
watch-remove-watch = La pregunta; elige una de las sugerencias.
feedback-description = Preguntas sin respuesta, para quien administra el bot.
feedback-export-description = Descargar las preguntas sin respuesta o con una respuesta que no sirvió.
