"""Words that ask or connect and carry no subject, by language.

Short on purpose: rarity weighs the rest. What must be here are the words of questions, which are rare in
news and would otherwise count as evidence.
"""

from __future__ import annotations

WORDS: dict[str, str] = {
    "en": """
        a about after all also an and any are as at be been before being but by can could did do does during
        each for from had has have he her his how i if in into is it its many me more most much my no not of
        on or our said say says she should so some such tell than that the their them then there these they
        this those through to under up us was we were what when where which while who whom whose why will with
        would you your
    """,
    "de": """
        aber alle als am an auch auf aus bei bis da das dass dem den der des die dies diese dieser dieses
        durch ein eine einem einen einer eines er es für gab gibt haben hat hatte hatten ich ihr im in ist ja
        kann können man mit nach nicht noch nun oder sagte sein seine seinen sich sie sind so um und unter
        viel viele vom von vor wann war waren warum was welche welchem welchen welcher welches wem wen wer
        werden wie wieviel wieviele wird wo wodurch wofür woher wohin worüber wurde wurden zu zum zur zwischen
        über
    """,
    "ru": """
        а без более был была были было быть в во все всего вы где да для до его ее если есть еще ещё её за
        зачем и из или им их как какая какие каким какими каких какого какой каком какому какую кем когда кого
        ком кому которая которого которые который которых кто куда ли между меня мы на над не него нее ней нет
        ни но о об однако он она они оно от откуда по под после почему при про с свои свой себя сказал
        скольких сколько со так также там то только тот у уже чего чей чем что чтобы чья чьё чём эта эти это
        этого этой этом этот я
    """,
    "be": """
        а аб або ад адкуль але без больш будзе была было былі быў вы гэта гэтага гэтай гэтая гэты гэтым гэтыя
        да дзе для ды дык ж з за зараз к каго калі каму колькі куды кім ля мы між на над не няма ні па пад
        пасля пра праз пры са сам свае свой сябе так таксама там таму тое той толькі тых у ужо хто ці чаго
        чаму чый чым штο што яго яе як якая якога якой якому якую які якім якіх якіхсьці якія яна яно яны ён
        ёсць і із ім іх ў
    """,
    "pl": """
        a aby albo ale bez bo być był była było były czego czemu czy czyj czym dla dlaczego dlatego do gdy
        gdzie go i ich ile iloma ilu im ja jak jaka jaki jakich jakie jakiego jakiej jakim jaką jego jej jest
        jeszcze już kiedy kim kogo komu kto która które którego której który których którym którzy ku lub ma
        mają mi między na nad nie niej nim o od on ona one oni oraz po pod podczas poza przed przez przy się
        skąd są ta tak także tam te tego tej ten to tylko tym u w we wraz z za ze został została zostało
        zostały że
    """,
    "es": """
        a al algo ante aunque bajo como con cual cuales cuando cuanta cuantas cuanto cuantos cuál cuáles
        cuándo cuánta cuántas cuánto cuántos cómo de del desde donde dos dónde el ella ellos en entre era es
        esa ese eso esta este esto está están fue fueron ha habían hace hacia han hasta hay la las le les lo
        los me mi muy más ni no nos o para pero por porque que quien quienes quién quiénes qué se según ser si
        sin sobre son su sus sí también tiene tras un una uno unos y ya él
    """,
}

STOP_WORDS = {language: frozenset(words.split()) for language, words in WORDS.items()}
