"""Words that ask or connect and carry no subject, by language.

Short on purpose: rarity weighs the rest. What must be here are the words of questions, which are rare in
news and would otherwise count as evidence.
"""

from __future__ import annotations

STOP_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(
        ["a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "before", "being", "but", "by", "can", "could", "did", "do", "does", "during", "each", "for", "from", "had", "has", "have", "he", "her", "his", "how", "i", "if", "in", "into", "is", "it", "its", "many", "me", "more", "most", "much", "my", "no", "not", "of", "on", "or", "our", "say", "said", "says", "she", "should", "so", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through", "to", "under", "up", "us", "was", "we", "were", "what", "when", "where", "which", "while", "who", "whom", "whose", "why", "will", "with", "would", "you", "your", "tell"]
    ),
    "de": frozenset(
        ["aber", "alle", "als", "am", "an", "auch", "auf", "aus", "bei", "bis", "da", "das", "dass", "dem", "den", "der", "des", "die", "dies", "diese", "dieser", "dieses", "durch", "ein", "eine", "einem", "einen", "einer", "eines", "er", "es", "für", "gab", "gibt", "hat", "hatte", "hatten", "haben", "ich", "ihr", "im", "in", "ist", "ja", "kann", "können", "man", "mit", "nach", "nicht", "noch", "nun", "oder", "seine", "seinen", "sein", "sich", "sie", "sind", "so", "über", "um", "und", "unter", "viel", "viele", "vom", "von", "vor", "wann", "war", "waren", "warum", "was", "welche", "welchem", "welchen", "welcher", "welches", "wem", "wen", "wer", "werden", "wie", "wieviel", "wieviele", "wird", "wo", "wodurch", "wofür", "woher", "wohin", "worüber", "wurde", "wurden", "zu", "zum", "zur", "zwischen", "sagte"]
    ),
    "ru": frozenset(
        ["а", "без", "более", "был", "была", "были", "было", "быть", "в", "во", "все", "всего", "вы", "где", "да", "для", "до", "его", "ее", "её", "если", "есть", "еще", "ещё", "за", "зачем", "и", "из", "или", "им", "их", "как", "какая", "какие", "каким", "какими", "каких", "какого", "какой", "каком", "какому", "какую", "когда", "кого", "кем", "ком", "кому", "которая", "которого", "которые", "который", "которых", "кто", "куда", "ли", "между", "меня", "мы", "на", "над", "не", "него", "нее", "ней", "нет", "ни", "но", "о", "об", "однако", "он", "она", "они", "оно", "от", "откуда", "по", "под", "после", "почему", "при", "про", "с", "свои", "свой", "себя", "со", "сколько", "скольких", "так", "также", "там", "то", "только", "тот", "у", "уже", "чего", "чей", "чем", "чём", "что", "чтобы", "чья", "чьё", "эта", "эти", "это", "этого", "этой", "этом", "этот", "я", "сказал"]
    ),
    "be": frozenset(
        ["а", "або", "аб", "ад", "адкуль", "але", "ад", "без", "больш", "будзе", "быў", "была", "было", "былі", "вы", "гэта", "гэтая", "гэтага", "гэтай", "гэтым", "гэтыя", "гэты", "да", "дзе", "для", "дык", "ды", "ёсць", "ж", "за", "з", "зараз", "і", "із", "іх", "ім", "к", "калі", "каго", "каму", "кім", "куды", "ля", "між", "мы", "на", "над", "не", "няма", "ні", "па", "пад", "пасля", "праз", "пра", "пры", "са", "сам", "свае", "свой", "сябе", "так", "таксама", "там", "таму", "той", "толькі", "тое", "тых", "у", "ужо", "ў", "хто", "ці", "чаго", "чаму", "чый", "чым", "што", "штο", "як", "якая", "які", "якой", "якую", "якога", "якім", "якому", "якіх", "якія", "якіхсьці", "колькі", "ён", "яна", "яны", "яно", "яго", "яе"]
    ),
    "pl": frozenset(
        ["a", "aby", "albo", "ale", "bez", "bo", "być", "był", "była", "było", "były", "czego", "czemu", "czy", "czyj", "czym", "dla", "dlaczego", "dlatego", "do", "gdy", "gdzie", "go", "i", "ich", "ile", "iloma", "ilu", "im", "ja", "jak", "jaka", "jaki", "jakie", "jakich", "jakiego", "jakiej", "jakim", "jaką", "jego", "jej", "jest", "jeszcze", "już", "kiedy", "kim", "kogo", "komu", "kto", "która", "które", "którego", "której", "który", "którym", "których", "którzy", "ku", "lub", "ma", "mają", "mi", "między", "na", "nad", "nie", "niej", "nim", "o", "od", "on", "ona", "one", "oni", "oraz", "po", "pod", "podczas", "poza", "przed", "przez", "przy", "się", "skąd", "są", "ta", "tak", "także", "tam", "te", "tego", "tej", "ten", "to", "tym", "tylko", "u", "w", "we", "wraz", "z", "za", "ze", "że", "został", "została", "zostało", "zostały"]
    ),
    "es": frozenset(
        ["a", "al", "algo", "ante", "aunque", "bajo", "como", "cómo", "con", "cual", "cuál", "cuales", "cuáles", "cuando", "cuándo", "cuanta", "cuánta", "cuantas", "cuántas", "cuanto", "cuánto", "cuantos", "cuántos", "de", "del", "desde", "donde", "dónde", "dos", "el", "él", "ella", "ellos", "en", "entre", "era", "es", "esa", "ese", "eso", "esta", "está", "están", "este", "esto", "fue", "fueron", "ha", "habían", "hace", "hacia", "han", "hasta", "hay", "la", "las", "le", "les", "lo", "los", "más", "me", "mi", "muy", "ni", "no", "nos", "o", "para", "pero", "por", "porque", "qué", "que", "quien", "quién", "quienes", "quiénes", "se", "según", "ser", "si", "sí", "sin", "sobre", "son", "su", "sus", "también", "tiene", "tras", "un", "una", "uno", "unos", "y", "ya"]
    ),
    "zh": frozenset(),
}
