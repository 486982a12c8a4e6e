# What the bot says in Portuguese: only about questions in that language.

only-in-english = Os artigos estão em inglês, e só entendo perguntas em inglês. Por favor, faça a pergunta em inglês.
button-nearest = Mostrar os trechos mais próximos
