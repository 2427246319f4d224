/// The commonest little words of languages in Latin and Cyrillic script: function words, which no text of some length does without.
///
/// Words that neighbours share are listed for each; what decides is the sum.
enum LanguageProfiles {
  static let latin: [(language: String, words: [String])] = [
    (
      "en",
      wordList(
        """
        the a and of to in that is was for it with as on be at by this had not are but from or have an they which you were all her she
        there would their we him been has when who will more if no out so said what up its about into than them can only other new
        some could time these two may then do first any my now such like our over man me even most made after also did many before
        must through years where much your way well down should because each just those people how too little good very make world
        own see work long get here between both life being under
        """)
    ),
    (
      "de",
      wordList(
        """
        der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach
        wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei
        prozent hatte kann gegen vom können schon wenn habe seine ihre dann unter wir soll ich eines jahr zwei diese dieser wieder
        keine seiner worden will zwischen immer was sagte
        """)
    ),
    (
      "fr",
      wordList(
        """
        de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont avec son aux d l ou elle mais
        comme on nous cette ses été ont leur être fait n s deux même aussi ces entre sans tout après bien où peut sous était peu
        encore dont si très je vous y avait avant depuis contre selon moins chez toujours alors ainsi lui quand c'est d'un d'une
        n'est qu'il l'on
        """)
    ),
    (
      "es",
      wordList(
        """
        de la que el en y a los del se las por un para con no una su al es lo como más pero sus le ha me sin sobre este ya entre
        cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque qué sólo han yo hay vez puede todos
        así nos ni parte tiene él uno donde bien tiempo mismo ese ahora cada e vida otro después te otros aunque esa eso hace otra
        gobierno tan durante siempre día tanto ella tres sí dijo
        """)
    ),
    (
      "it",
      wordList(
        """
        di e il la che in a per un è del si le una con i non da sono della al ha come dei alla nel più lo anche gli su delle ma se
        dal ad o nella ed suo tra sua cui stato questo questa ai essere era due dalla ci hanno fra dopo prima quando anni loro solo
        mi molto degli già sulla perché così fatto dove io ogni tutti quello sempre quale poi senza stata fino ancora contro ora
        proprio c'è dell l'ha nell all
        """)
    ),
    (
      "pt",
      wordList(
        """
        de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou quando muito nos já
        eu também só pelo pela até isso ela entre depois sem mesmo aos seus quem nas me esse eles você essa num nem suas meu às
        minha numa pelos elas qual nós lhe deles são foi ser está tem há ter era foram pode anos disse ainda sobre governo bem onde
        então
        """)
    ),
    (
      "nl",
      wordList(
        """
        de van het een en in is dat op te zijn met voor niet aan er om ook als dan maar bij nog door over uit naar heeft worden hij
        tot ze meer wel geen was werd deze die kan hun of al zou zo wordt moet kunnen had hebben na veel zich we ik je mijn daar
        haar toen tegen onder jaar waar twee wat zij moeten alleen omdat andere ons nu weer zal zei
        """)
    ),
    (
      "sv",
      wordList(
        """
        och i att det som en på är av för med den till inte har de om ett han men var jag sig från vi så kan när år under också
        efter eller nu sin där vid mot ska skulle kommer ut får finns vara hade alla andra mycket än här då sedan över bara in blir
        upp även vad få två vill ha många hon mer hur nya säger sina inom utan går
        """)
    ),
    (
      "da",
      wordList(
        """
        og i at det er en til af på som for med de den der har ikke et han om var vi sig men jeg fra så kan være efter når også
        eller nu hun ved mod skal ville bliver ud blev noget alle andre meget end her da siden over kun ind op selv hvad få to vil
        have mange mere hvor nye siger sine uden går hvis blevet hendes havde været år
        """)
    ),
    (
      "no",
      wordList(
        """
        og i det er på som en til av for at med har de ikke den et han om var vi seg men jeg fra så kan være etter når også eller nå
        hun ved mot skal ville blir ut ble noe alle andre mye enn her da siden over bare inn opp selv hva få to vil ha mange mer
        hvor nye sier sine uten går hvis blitt hennes hadde vært år dette må disse
        """)
    ),
    (
      "pl",
      wordList(
        """
        w i na z się nie do to że jest o od jak po za ale co przez tak są dla oraz był czy być jego już ze tym tego może przy przed
        tylko jej ich został było która które który kiedy bardzo jeszcze także również można lat roku ma mi pod nad bez między by
        jako więc gdy wszystko sobie będzie mnie ją nas nawet
        """)
    ),
    (
      "cs",
      wordList(
        """
        a v se na je že s z do o to i za jako pro by ve k si po ale od jsem byl jsou který která které však být nebo bylo jeho podle
        má už při jen ze tak co před až byla aby také není jak než může když roku let pak ještě mezi přes své této tento více nad u
        bude ji jsme mu
        """)
    ),
    (
      "tr",
      wordList(
        """
        ve bir bu da de için ile çok olarak daha olan gibi en ne kadar sonra ama ancak var ya o her ki değil mi hem diye yok iki
        olduğu tarafından göre ise oldu bunu şey ben biz siz onlar nasıl şu olduğunu türkiye yıl yeni ilk büyük önce kendi bütün
        ettiği etti
        """)
    ),
  ]

  static let cyrillic: [(language: String, words: [String])] = [
    (
      "ru",
      wordList(
        """
        и в не на что он с по как это из но за то от у я к все его для о же так было бы мы она был только они если или при до быть
        уже когда были вы ли под их чтобы этого который также может после том чем без году более ее во нет есть компания со через
        """)
    ),
    (
      "uk",
      wordList(
        """
        і в не на що з до та у як від за про по це він його для але є або бути які був її який також при вже було так після щоб ще
        якщо цього їх року між ми ви вони лише можна через під час й зі має
        """)
    ),
  ]
}
