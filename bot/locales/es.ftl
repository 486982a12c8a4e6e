# Lo que el bot dice en español. Los nombres de los textos son los mismos que en en.ftl.

## Respuestas

hint = Pregúntame por los artículos de la biblioteca con una frase tuya; por ejemplo: «how many troops?».
library-empty = La biblioteca está vacía: todavía no hay nada donde buscar.
not-found = No lo he encontrado en { $count ->
        [one] el artículo
       *[other] los { $count } artículos
    } que he consultado.
not-found-anywhere = No hay artículos así donde buscar.
searched = { $count ->
        [one] Un artículo consultado
       *[other] { $count } artículos consultados
    }
searched-publisher = de { $publisher }
searched-since = desde el { $day }
searched-article = solo este artículo
nearest-heading = **Los pasajes más cercanos.** Puede que no respondan a la pregunta.
place = párrafo { $paragraph }, frase { $sentence }
also = también
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
forgotten = Esa respuesta es demasiado antigua para seguir desde ella. Vuelve a preguntar, por favor.
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

## El servidor

status-heading = La biblioteca
status-articles = Artículos
status-newest = El más reciente
status-published = Publicado
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

## Cuando algo va mal

error-rebuilding = La biblioteca se está reconstruyendo y después habrá que reiniciarme.
error-library = Ahora mismo no puedo leer la biblioteca.
error-lookup = Ahora mismo no puedo consultar eso.
error-other = Algo ha fallado por mi parte.
error-reference = { $sentence } Inténtalo más tarde; quien me administra lo encuentra como { $reference }.
slow-down = Has preguntado mucho en poco tiempo. Inténtalo de nuevo en { $seconds } s.
since-unreadable = No entiendo «{ $since }» como día. Escríbelo así: 2025-10-09, «9 de octubre de 2025», «7d» o «ayer».
missing-permission = No puedo responder en { $channel }: allí me falta el permiso «{ $permission }».

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
