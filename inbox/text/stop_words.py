"""Words that say nothing of what a post is about, by language: our own lists, for telling topics.

Sentences are held together by them in every week alike, so a missing one costs little; they are listed so that a
phrase neither begins nor ends with one.
"""

# ruff: noqa: RUF001 - letters of other languages

from functools import cache
from typing import Final

_LISTS: Final[dict[str, str]] = {
    "en": """
    a about above after again against ain't all almost also always am an and another any anybody anyone anything
    are aren't around as at away back be because been before being below between both but by came can can't
    cannot come coming could couldn't cuz did didn't do does doesn't doing don't done down dont each either else
    even ever every everyone everything few for from further get gets getting go goes going gonna got gotta had
    hadn't has hasn't have haven't having he he'd he'll he's her here hers herself hey hi him himself his how i
    i'd i'll i'm i've if im in into is isn't it it'd it'll it's its itself ive just keep keeps let let's like ll
    lol lot made make makes making many may maybe me might more most much must my myself need needs never no nor
    not nothing now of off oh ok okay on once one ones only onto or other others our ours ourselves out over own
    per please pls plz put quite rather re really right said same say says see seem shall she she'd she'll she's
    should shouldn't since so some somebody someone something soon still such sure take taking tell than that
    that'll that's the their theirs them themselves then there there's these they they'd they'll they're they've
    thing things think this those though through thru till to today too tried try trying u under until up upon
    ur us use used using ve very via want wanted wants was wasn't way we we'd we'll we're we've well went were
    weren't what what's whatever when where where's which while who who's whole whom whose why will with within
    without won't would wouldn't wow yall y'all ya yeah yes yet you you'd you'll you're you've your yours
    yourself yourselves youre rt amp thx day days week time times guys guy man know hello dear thanks thank
    thankyou thanku tks cheers help literally actually already ago look looking looks two first last next three
    four five hour hours hr hrs min mins minute minutes night tonight tomorrow yesterday morning afternoon
    evening weeks month months year years monday tuesday wednesday thursday friday saturday sunday
    """,
    "de": """
    danke hallo aber alle allem allen aller alles als also am an ander andere anderen auch auf aus bei beim bin
    bis bist bitte da damit dann das dass dein deine dem den denn der des dich die dies diese dieser dieses dir
    doch dort du durch ein eine einem einen einer eines einfach er es etwas euch euer eure für gar geht gibt
    ganz habe haben hab hat hatte hattet hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren im in ins ist ja
    jede jeder jedes jetzt kann kannst kein keine können könnt leider mal man mehr mein meine meinem meinen mich
    mir mit muss nach nicht nichts noch nun nur ob oder ohne schon sehr sein seine seit sich sie sind so soll
    sollte sonst um und uns unser unsere unter viel vom von vor war waren warum was weil wenn wer werde werden
    wie wieder will wir wird wo wurde würde zu zum zur über heute gestern morgen stunde stunden minuten tag tage
    tagen woche wochen
    """,
    "es": """
    gracias a al algo alguien alguna algún ante antes aquí así aun aunque aún bien cada casi como con cual
    cuando cuándo cómo cuál da de del desde donde dos dónde e el ella ellas ellos en entre era eran es esa ese
    eso esta estaba estamos están estar estas este esto estos estoy está fue fueron ha hace hacen hacer han
    hasta hay he hemos hola hoy la las le les lo los me mi mis mientras muy más mí nada ni no nos nosotros o os
    otra otro para pero poco por porque pues puede puedo que quien qué quién se sea ser si sido siempre sin
    sobre solo son soy su sus sí sólo también tan tanto te tengo tiene tienen toda todas todo todos tu tus tú un
    una uno unos usted ustedes va vamos van ya yo él hora horas minutos día días ayer mañana semana semanas
    """,
    "fr": """
    a ai ainsi alors après as au aucun aussi autre aux avant avec avez avoir avons bien bonjour car ce ceci cela
    celle ces cet cette ceux chez ci comme comment c'est ça d'un d'une dans de des deux depuis donc du elle
    elles en encore entre es est et été être eu eux fait faire faut fois font il ils j'ai je jusqu l la là le
    les leur leurs lui ma mais me même merci mes mieux moi moins mon n ne ni non nos notre nous on ont ou où par
    parce pas peu peut plus pour pourquoi pouvez qu quand que quel quelle qui quoi s sa sans se ses si sont sous
    sur ta te tes toi ton tous tout toute toutes très trop tu un une va vers vos votre vous voilà y à heure
    heures minutes jour jours hier demain semaine semaines
    """,
    "pt": """
    obrigada a agora ainda alguém algum ao aos apenas aquele aqui as assim até bem cada com como da das de dela
    dele depois do dos e ela elas ele eles em entre era essa esse esta estava estou está estão eu faz fazer foi
    foram há isso isto já lá lhe mais mas me mesmo meu meus minha minhas muito na nada nas nem no nos nossa
    nosso não né nós o obrigado oi os ou outra outro para pela pelo per pois por porque pq pra quais qual quando
    que quem quer sabe se seja sem sempre ser será seu seus si sobre sua suas são só também te tem tenho ter teu
    toda todas todo todos tu tudo um uma umas uns vai vamos vc vcs você vocês vou à às é hora horas minutos dia
    dias ontem amanhã semana semanas
    """,
    "it": """
    a abbiamo ad ai al alla alle allo anche ancora avere aveva c'è che chi ci ciao come con cosa così da dai dal
    dalla dalle degli dei del della delle dello di dopo dove due e ed era essere fa fare fatto fino fra già gli
    grazie ha hai hanno ho i il in io l la le lei li lo loro lui ma me mi mia mie miei mio molto ne nei nel
    nella nelle nessuno niente no noi non nostra nostro o ogni ora per perché perchè però più poi prima proprio
    può qua quale quando quanto quella quello questa queste questi questo qui se sei sempre senza si sia siamo
    siete solo sono sta stato su sua sue sui sul sulla suo suoi te ti tra troppo tu tua tuo tutta tutte tutti
    tutto un una uno va voi vostro è ore minuti giorno giorni ieri domani settimana settimane
    """,
    "nl": """
    aan al alle alleen als altijd ben bij dan dat de deze die dit doe doen door dus echt een eens en er gaan
    gaat geen goed haar had heb hebben heeft hem het hier hij hoe hun ik in is ja je jij jullie kan kunnen maar
    me meer met mij mijn moet na naar niet niets nog nu of om omdat ons ook op over te tot u uit van veel voor
    waar waarom wanneer was wat we wel werd wie wij wil worden wordt ze zeer zich zij zijn zo zonder zou
    """,
    "ar": """
    في من على الى إلى عن مع هذا هذه ذلك تلك التي الذي الذين ما ماذا لا لم لن ليس هل أن ان إن أو او و ثم كل كان
    كانت يكون هو هي هم نحن أنا انا أنت انت يا قد كيف متى أين اين لماذا ليش لكن لو اذا إذا بعد قبل عند بين حتى
    غير كما مثل منذ اي أي بس مو مش وش شو فيه فيها له لها لي لك بك بها به عليه عليها عليكم السلام ورحمة الله
    وبركاته لكم والله
    """,
    "hi": """
    का के की को में से है हैं हूँ हूं था थी थे और या पर भी ही तो ने यह ये वह वो मैं हम तुम आप मेरा मेरे मेरी
    आपका आपके आपकी हमारे क्या क्यों कब कहाँ कैसे कौन नहीं न मत कर करें करने किया रहा रहे रही हो गया गई गए लिए तक
    एक जो कि अब ka ke ki ko mein me se hai hain hu hoon tha thi the aur ya par bhi hi to toh ne yeh ye woh wo
    main hum tum aap mera mere meri aapka aapke aapki hamare kya kyu kyun kab kahan kaise kaun nahi nahin na mat
    kar kare karo karne kiya raha rahe rahi ho gaya gayi gaye liye tak ek jo ab kuch sir bhai ji
    """,
    "tr": """
    acaba ama ancak artık aslında az bana bazı bende beni benim bile bir biraz biri birkaç biz bizi bizim bu
    buna bunu bunun burada çok çünkü da daha de defa değil diye en gibi göre hala hem hep hepsi her hiç için ile
    ise kadar ki kim mi mı mu mü nasıl ne neden nerede niye o olan olarak oldu olur ona onlar onu onun orada
    sana sen seni senin siz sizi sizin şey şu tüm var ve veya ya yani yok
    """,
    "id": """
    ada adalah agar akan aku anda apa apakah atau bagi bahwa banyak bapak beberapa belum bisa buat cara dalam
    dan dapat dari dengan di dia dong ga gak hanya ini itu jadi jangan jika juga kak kakak kalau kami kamu kan
    karena ke kenapa kita lagi lalu lebih masih mau mengapa min mohon nggak ngga nya oleh pada para saat saja
    sama sampai sangat saya sebagai sedang sekarang semua seperti sih sudah tapi telah tetapi tidak tolong untuk
    yang ya yg utk dgn sdh
    """,
}  # fmt: skip


@cache
def stop_words(language: str | None) -> frozenset[str]:
    """The words of a language (ISO 639-1), with the English ones that stand in every other; all of them for None."""
    if language is None:
        return frozenset().union(*(words.split() for words in _LISTS.values()))
    return frozenset(_LISTS.get(language, "").split()) | frozenset(_LISTS["en"].split())
