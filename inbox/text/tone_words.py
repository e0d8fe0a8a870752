"""Words that sound glad or cross, in the languages most posts are written in; a trailing ``*`` stands for any ending.

Our own lists: a first judgement for a workspace that has not learnt its own yet. Of each pair the first weighs two,
the second one.
"""

from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


GLAD: Final[dict[str, tuple[str, str]]] = {
    "en": (
        """
        love loved loves loving lovely amazing* awesome* excellent* fantastic* wonderful* perfect* brilliant*
        outstanding* superb* incredible* best thrilled delight* gorgeous* beautiful* phenomenal* fabulous*
        impress* blessed yay yayy woohoo kudos congrats congratulation* flawless* stellar spectacular* rocks
        adore* grateful* thankyou excited* exciting hooray bravo legend
        """,
        """
        good great thanks thank thx thnx ty tks appreciate* happy happier happiest glad nice* cool fun funny
        enjoy* win won winning wins winner sweet pleased pleasant* helpful friendly kindness smooth* easy
        welcome smile* smiling proud pretty better well safe comfy comfortable quick* fast fresh favorite*
        favourite* recommend* support* hopeful lucky luck laugh* lol haha* hahaha* cute* success* celebrate*
        celebration interesting positive* bless* honor* honour* sexy hot ready looking solid saved resolved
        solved fixed props shoutout wow finally free cheers champion* hero* heroes relax* yum* tasty delicious
        heart* peace* birthday rocked pumped stoked epic* dope hilarious* gracious* courteous* polite*
        professional* classy rockstar* genius interested enthusiast* prize* victory yes congratulate* sunshine
        party dream* like liked likes
        """,
    ),
    "de": (
        """
        liebe liebt geil* super toll* klasse fantastisch* großartig* perfekt* wunderbar* wunderschön* genial*
        hervorragend* spitze begeistert* traumhaft* beste bester besten bestes hammer mega herrlich*
        ausgezeichnet* freue freu
        """,
        """
        gut gute guter gutes guten besser danke* dankeschön schön* gern gerne nett* freundlich* freut freude*
        spaß spass lustig* glück* glücklich* cool* lecker* froh zufrieden* hilfreich* lob* lieb lieber süß*
        gewonnen gewinnt sieg* empfehl* interessant* spannend* hübsch* viel hoffnung* lachen haha* hihi* hehe*
        entspannt* erfolg* gratul* glückwunsch* prima stolz*
        """,
    ),
    "es": (
        """
        amo adoro encanta* excelente* genial* increíble* increible* maravill* fantástic* fantastic* perfect*
        espectacular* hermos* precios* mejor mejores felicidades felicitaciones enhorabuena grandioso*
        buenísim* buenisim* impresionante
        """,
        """
        bien bueno buena buenos buenas gracias feliz felic* gusta* gustó gusto lindo* linda* bonit* guap*
        divertid* alegr* contento* contenta* disfrut* ganar ganó ganamos éxito* exito* orgullo* suerte querid*
        amor besos beso abrazo* jaja* graci* amable* rico* rica ilusión ilusion ganas risa* sonri* paz
        esperanza apoyo vamos bravo mola*
        """,
    ),
    "fr": (
        """
        adore* génial* genial* excellent* magnifique* parfait* super superbe* formidable* merveill*
        incroyable* fantastique* bravo top meilleur* félicitation* felicitation* sublime* hâte
        """,
        """
        merci* bien bon bonne bons bonnes aime* aimé content* contente heureu* beau belle beaux joli* sympa*
        drôle* plaisir* cool chouette* gagn* bonheur mdr* rire* sourire* gentil* agréable* réussi* fier*
        fière* espoir* bisous bisou courage victoire* joie* mignon* mieux chance
        """,
    ),
    "it": (
        """
        amo adoro ottim* eccellent* fantastic* meraviglios* splendid* perfett* stupend* grandios* bellissim*
        bravissim* incredibil* migliore migliori magnific* favolos* complimenti geniale geniali grandissim*
        """,
        """
        grazie bene buon buono buona buoni buone bello bella belli belle bravo brava bravi felic* contento
        contenta piace* divertent* simpatic* carin* vinto vince vittoria* auguri gioia* amore sorris* ridere
        haha* ahah* speranz* orgoglios* dolc* grande gentil* rispett* successo merita
        """,
    ),
    "pt": (
        """
        amo amei adoro adorei ótim* otim* excelente* maravilh* incrível* incrivel* perfeit* fantástic*
        fantastic* sensacional* lind* melhor melhores parabéns parabens demais show arrasou arrasa* top
        maravilh* espetacular* divo diva rainha mito
        """,
        """
        bom boa bons boas obrigad* gost* feliz* legal* bonit* fofo* fofa* divertid* engraçad* alegr* saudade*
        sucesso* ganh* vitória* vitoria* kkk* rsrs* haha* amor* querid* beijo* abraço* torcendo merece*
        orgulho* curti* sorte massa delícia* delicia* gato gata lacr* sorri* amando
        """,
    ),
    "ar": (
        """
        رائع رائعة ممتاز ممتازة احب أحب جميل جميلة مبروك افضل أفضل روعة عظيم عظيمة مذهل بطل ابطال تحفة
        """,
        """
        شكرا شكراً حلو حلوة كويس جيد جيدة سعيد سعيدة فرح الحب حب خير الخير مبارك تهانينا فوز فاز ناجح نجاح
        سعادة ضحك الحمدلله يارب جنة بالتوفيق تسلم يسلمو حبيبي حبيبتي صباح نور امل أمل
        """,
    ),
    "hi": (
        """
        zabardast badhiya shandar lajawab behtareen mast jhakaas kamaal kamal superb best awesome love
        """,
        """
        acha achha accha achi achhi achcha shukriya dhanyavad dhanyawad pyar pyaar khush khushi sahi mubarak
        badhai maza mazaa majaa sundar dua good great nice happy thanks haha* hehe* jeet jeeta jeetega bhai
        """,
    ),
    "nl": (
        """
        geweldig* fantastisch* prachtig* perfect* uitstekend* super top heerlijk* beste
        """,
        """
        goed goede bedankt dank leuk* mooi* fijn* blij lekker* grappig* lief lieve tevreden gelukkig* succes*
        """,
    ),
}

CROSS: Final[dict[str, tuple[str, str]]] = {
    "en": (
        """
        worst terrible terribly horrible horribly awful* disgust* pathetic* ridiculous* unacceptable* hate
        hated hates hating useless* furious* outrage* nightmare* disgrace* shame* shameful* horrendous*
        atrocious* appalling* garbage trash crap crappy sucks sucked sucky suck fuck* wtf bullshit shit shitty
        scam* fraud* thieves rude* incompeten* liar* lied stole stolen stranded abysmal* disaster* infuriat*
        livid fiasco screwed ripoff ruin* unprofessional* inexcusable* ludicrous insane insult* disrespect*
        stupid* idiot* moron* dumb bitch* racist* terror* kill* murder* dead death dies died evil* abuse*
        abusive* neglect* crook*
        """,
        """
        bad badly poor poorly fail* failed broken broke wrong problem* issue* error* crash* delay* cancel*
        late lost lose losing loss loser* missed missing stuck disappoint* frustrat* annoy* angry anger upset
        sad* sorry unhappy unfortunate* worse unable impossible mess messed waste* wasting wasted slow ignored
        ignoring ignore complain* complaint* damage* hell damn* joke ugh ugly never hours hrs waiting waited
        hold refuse* unhelpful confus* tired sick hurt* pain* cry* crying fear* afraid scared scary worr*
        boring bored lame weird awkward annoyed mad hung disconnected unreliable overcharge* charged refund*
        lack* nobody hard difficult* trouble* excuse* misleading mislead delayed diverted miserable*
        inconvenien* uncomfortable dirty filthy smell* stink* smelly cold freezing unsafe sadly rip bankrupt
        bs smh wtf* unreal poor blame* fault* guilty guess miss alone lonely depress* stress* hungry thirsty
        war attack* protest* victim* crime* criminal* threat* against crisis accused arrest* bomb* injur*
        forced fight* fighting lie lies fake cheat* worst* nope unanswered rant apology apologize apologise
        overpriced expensive downgrade* misplac* mishandl* kicked bumped
        """,
    ),
    "de": (
        """
        scheiß* scheiss* scheiße katastroph* furchtbar* schrecklich* hasse hass* unverschämt* frechheit*
        abzocke* betrug* schlimm* unmöglich* inkompetent* ekelhaft* widerlich* grauenhaft* miserabel*
        peinlich* horror schande* idiot* arsch* dumm* fuck* schlecht* unfassbar* lächerlich* tot tote toten
        """,
        """
        leider problem* fehler* kaputt* verspät* traurig* schade* enttäusch* ärger* nerv* wütend* sauer
        verloren verliert langsam* warte* falsch* angst* krank* müde mude schwer schmerz* heul* wein*
        langweil* defekt* ausfall* beschwer* krieg* gewalt* kritik* lüge* mies* doof blöd* böse* mist
        verdammt* armut stress* nie keine nervt sorge* streit*
        """,
    ),
    "es": (
        """
        pésim* pesim* horribl* terribl* odio asco* mierda* vergüenza* verguenza* estafa* ladron* ladrones
        fatal* inútil* inutil* puta puto* putas joder coño desastre* asqueros* lamentable* indignante* basura
        peor peores maldit* idiota* imbécil* muert* mata*
        """,
        """
        mal mala malo malas malos problema* triste* perdí perdió perder perdido retras* tarde roto rota queja*
        error* falla* fallo* molest* enfad* enoj* cansad* dolor* llor* miedo* feo fea aburrid* lent* nunca
        nadie culpa* mentira* mentir* odia* preocup* lástima* lastima pobre* cancel* sufr* guerra* violencia*
        crisis robo* robar pena ningun* extraño
        """,
    ),
    "fr": (
        """
        horribl* honte* nul nulle nuls scandal* merde* putain arnaque* inadmissible* catastroph* inacceptable*
        déteste* deteste* pire* connard* con conne cons ridicule* lamentable* minable* haine* dégueu* pourri*
        insupportable* mort morts tué* terroris*
        """,
        """
        mal mauvais* problème* probleme* retard* panne pannes triste* déçu* decu* perdu* perd* jamais erreur*
        annul* attente* colère* énerv* enerv* fatigué* malade* dur peur* pleure* dommage* moche* lent*
        impossible* inquiet* guerre* attaque* violence* crise* faux mensonge* ment souffr* marre relou chiant*
        bug* rien pauvre* stress* ennui*
        """,
    ),
    "it": (
        """
        pessim* orribil* terribil* schif* vergogn* merda* odio* truffa* disastro* ridicol* inaccettabil*
        scandal* vomit* cazzo cazzi idiot* stronz* peggio* peggiore ladri ladro morto morti morte assurd*
        squallid* incapac* buffon* coglion*
        """,
        """
        mal male malo problema* brutt* triste* perso perdere ritardo* guasto* errore* delus* arrabbi* paura*
        piang* noios* stanc* lent* mai nessun* colpa* bugi* falso falsa sbagli* purtroppo peccato guerra*
        crisi* tasse rott* accus* dolor* povero poveri corrott* mafia* contro soffr* fallit*
        """,
    ),
    "pt": (
        """
        péssim* pessim* horríve* horrive* terríve* odeio odiei nojo* merda* vergonha* lixo ridícul* ridicul*
        absurd* porra* caralho* ladrão ladrao golpe* fraude* pior piores inútil* idiota* burro burra desgraç*
        morte morreu morri chat* droga insuportáve* insuportave*
        """,
        """
        ruim mal mau má problema* triste* perd* atras* erro* quebr* falha* raiva* cansad* doente* medo* chor*
        feio feia lent* nunca ninguém ninguem culpa* mentir* decepcion* infeliz* pena credo affs aff sofr*
        sono saco demora* reclam* guerra* crise* errad* falta* fome forçad* flop* sem
        """,
    ),
    "ar": (
        """
        سيء سيئ سيئة زفت كره اكره أكره حقير فاشل فاشلة مقرف قذر غبي حمار كلب الكلاب كلاب لعنة قتل موت الموت
        ارهاب إرهاب خاين خونة حرامي وسخ
        """,
        """
        مشكلة مشاكل للأسف للاسف حزين حزن تأخير ضاع خسر خسارة خطأ غلط صعب تعب تعبان الم ألم خوف زعلان بكاء ظلم
        كذب كذاب عيب حرب دم دمار فساد عذاب فقر ضد وجع
        """,
    ),
    "hi": (
        """
        bakwas bakwaas ghatiya bekar bekaar harami haramkhor kutta kutte kamine kamina sala saala chutiya
        chutiye chor badtameez sharam gadaar gaddar murkh pagal worst barbaad barbad hate nafrat
        """,
        """
        bura buri bure kharab galat dukh dukhi gussa jhoot jhooth jhutha jhoota pareshan problem nuksan dhoka
        dhokha mar marna maut rona ro haar hara bad sad dard dar bechara bechare nahi mat fake
        """,
    ),
    "nl": (
        """
        slecht* verschrikkelijk* vreselijk* waardeloos* belachelijk* schandalig* kut klote haat* walgelijk*
        drama ramp*
        """,
        """
        jammer probleem* kapot vertraging* boos teleurgesteld* verdriet* ziek moe saai helaas fout* klacht*
        kwijt pijn bang
        """,
    ),
}

NOT: Final[dict[str, frozenset[str]]] = {
    "en": _set(
        """
        not no never neither nor without hardly cannot cant dont doesnt didnt isnt wasnt wont wouldnt arent
        werent aint havent hasnt hadnt couldnt shouldnt nothing none nobody
        """
    ),
    "de": _set("nicht kein keine keinen keiner keinem nie niemals ohne nix"),
    "es": _set("no nunca ni sin tampoco jamás"),
    "fr": _set("pas ne jamais sans ni aucun aucune"),
    "it": _set("non mai senza né nessuno"),
    "pt": _set("não nao nunca nem sem"),
    "ar": _set("لا ليس مش مو ما لم لن غير بدون"),
    "hi": _set("nahi nahin nhi na mat"),
    "nl": _set("niet geen nooit zonder"),
}
BUT: Final = _set(
    """
    aber although but however jedoch lekin ma maar magar mais mas pero però porem porém though trotzdem yet بس لكن
    """
)
VERY: Final = _set(
    """
    absolutely bahot bahut bohot così echt extremely molto most mto muito muy really sehr so such super tan tanto
    tellement too total totally très tão very جدا
    """
)
LAUGHING_OR_GLAD: Final = (
    "😀😃😄😁😊🙂😍🥰😘😻❤💕💖💗💓💙💚💛💜🧡👍👏🙌🎉🎊🤗☺🔥💯😎✨🌟⭐💪🙏😂🤣😆😋💋😇🥳💐🌹🌸🤩😌💞💘✌👌"
)
CRYING_OR_CROSS: Final = "😠😡🤬😤👎💔😢😭🙄😒😞😩😫🤦😔😣😖😟😕🙁☹😰😱🤮🤢😷😓😪😑😾🖕😧😨😥😿🤯💩"
