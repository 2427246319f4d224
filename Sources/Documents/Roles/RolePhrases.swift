/// The phrases by which furniture gives itself away.
struct RolePhrases: OptionSet {
  let rawValue: UInt64
  init(rawValue: UInt64) { self.rawValue = rawValue }

  /// "Read more: …", "Related: …"
  static let teaserLabel = RolePhrases(rawValue: 1)
  /// A heading whose section is teasers, tags, comments or an appeal.
  static let teaserHeading = RolePhrases(rawValue: 2)
  /// "Subscribe …", "Sign up …", "Follow us …"
  static let appeal = RolePhrases(rawValue: 4)
  /// What an appeal is about: a newsletter, a channel, an inbox.
  static let offer = RolePhrases(rawValue: 8)
  /// Promotion wherever it stands in a short block.
  static let promotion = RolePhrases(rawValue: 16)
  static let disclaimer = RolePhrases(rawValue: 32)
  static let copyright = RolePhrases(rawValue: 64)
  /// Who may reprint what, and where it came from.
  static let rights = RolePhrases(rawValue: 128)
  static let credits = RolePhrases(rawValue: 256)
  static let cookies = RolePhrases(rawValue: 512)
  static let aboutHeading = RolePhrases(rawValue: 1024)
  static let advice = RolePhrases(rawValue: 2048)
  static let notAdvice = RolePhrases(rawValue: 4096)
  static let views = RolePhrases(rawValue: 8192)
  static let ownViews = RolePhrases(rawValue: 16384)
  /// "advertisement", alone.
  static let marker = RolePhrases(rawValue: 32768)
  /// "Sources say …": who told it, and no credit line.
  static let hearsay = RolePhrases(rawValue: 65536)

  init(in text: some Sequence<UInt8>) {
    self = RolePhrases(rawValue: RolePhrases.automaton.bits(in: text))
  }

  private static let vocabulary: [(RolePhrases, String)] = [
    (
      .teaserLabel,
      """
      ^read more |^read next |^read also |^also read |^see also |^related |^related article |^related story |^more on |^more from |^more about |^more |
      ^also on |^don t miss |^recommended |^up next |^further reading |^must read |^watch |^listen |^in pictures |^photos |^click here |^read the full |
      ^continue reading |^keep reading |^lesen sie auch |^lies auch |^mehr zum thema |^siehe auch |^leggi anche |^lire aussi |^voir aussi |
      ^lee también |^lea también |^leia também |^leia mais |^lees ook |^to read more |^view more |^see more |^share this |^follow |^download the
      """
    ),
    (
      .teaserHeading,
      """
      ^related $|^related articles $|^related posts $|^related stories $|^related news $|^related content $|^related links $|^related topics $|
      ^related reading $|^related coverage $|^more from |^more stories|^more news|^more articles|^more on this |^more like this |^trending|^most read|
      ^most popular|^popular posts $|^popular stories $|^popular now $|^you may also like|^you might also like|^you may like|^you might like|
      ^recommended $|^recommended reading $|^recommended for you|^recommended stories $|^read more $|^read next $|^what to read next|^up next $|
      ^top stories $|^latest news $|^latest stories $|^latest posts $|^recent posts $|^recent articles $|^editors picks $|^editor s picks $|^don t miss $|
      ^also read $|^see also $|^tags $|^share this|^share $|^comments $|^leave a comment|^leave a reply|^post a comment|^join the conversation|
      ^newsletter $|^newsletters $|^subscribe $|^subscribe to |^follow us |^get in touch $|^stay connected $|^sponsored|^advertisement $|^our picks $|
      ^from our partners $|^from the web $|^around the web $|^paid content $|^more to read $|^more reading $|^next article $|^previous article $|
      ^mehr zum thema $|^das könnte sie auch interessieren|^articles similaires $|^artículos relacionados $|^articoli correlati $
      """
    ),
    (
      .appeal,
      """
      ^subscribe |^please subscribe |^sign up |^follow us |^follow me |^follow our |^join us |^join our |^join my |^join the |^download our |^download the |^get our |
      ^get the |^get more |^get free |^get access |^get unlimited |^register |^like us |^support us |^support our |^donate |^become a |^buy |^order |^preorder |
      ^pre order |^check out our |^check out my |^check out the |^visit our |^enter your |^click here |^click to |^try |^start your |^want more |^want to |
      ^enjoyed this |^enjoying this |^like this |^liked this |^love this |^if you liked |^if you enjoyed |^if you like |^need more |^receive |^stay up to date |
      ^never miss |^don t miss |^share this |^tell us |^send us |^contact us |^email us |^to subscribe |^for more |^keep up with |^sign in |^log in |^our newsletter |
      ^follow @|^claim your |^upgrade to |^upgrade your|^unlock |^grab |^reserve your|^rsvp |^book your|^book a |^book now|^renew your|^shop now|^shop our|^find out more |^discover more |^got a tip|^have a tip|
      ^reply to |^hit reply|^forward this |^tap |^add us |^chip in|^help us |^consider supporting|^consider subscribing|^please consider |^like what you |^new here|^watch our |^listen to our |^let our |^make sure to |^be sure to |^learn more |^hit the |^leave a |^use the code |^use code |^save
      """
    ),
    (
      .offer,
      """
       newsletter| newsletters | your inbox | our inbox | inbox | our podcast | our channel | youtube channel | telegram channel | whatsapp channel | on twitter |
       on facebook | on instagram | on linkedin | on telegram | on youtube | on x | on mastodon | on bluesky | our app | the app | free trial | our forums | forums |
       email alerts | news alerts | our emails | breaking news emails | our latest | our course | this course | my course | online course | our book | my book | my new book |
       this post | this article | this story | stories like this | like this | a friend | patreon | on substack | a paid subscriber | a member | our membership |
       subscribers | subscription | a discount | promo code | coupon | discount code | our magazine | magazine | our website | our site | our journalism | our work |
       your email | email address | unlimited access | full access | premium | today for | off your | the code | our sister | our daily | our weekly | rss | webinar | tickets | early bird | per cent off| percent off| free shipping| your seat| your spot| your copy|
       your membership| our readers | our reporting | our newsroom | independent journalism| this email | this issue | this edition | this newsletter | ad free|
       our events | our event | our conference | our community | our discord | our slack | our team at | reader supported| paying subscriber| your account
      """
    ),
    (
      .promotion,
      """
      ^subscribe to our|^sign up for our|^sign up to our|^sign up for the newsletter|^follow us on|^follow me on|^like us on|^join our telegram|^join our discord|
      ^this post is sponsored|^this article is sponsored|^this post was sponsored|^sponsored by| this post may contain affiliate| contains affiliate links|
       contain affiliate links| earn an affiliate commission| may earn a commission| earn a small commission| as an amazon associate|
      ^get our newsletter|^subscribe now $|^subscribe $|^subscribe today| delivered to your inbox| straight to your inbox| sent to your inbox| meet your inbox|
      ^thanks for reading |^thank you for reading |^if you enjoyed this |^if you liked this |^enjoyed this |^like this story |^want more stories |
      ^want more science |^want more space |^support our work|^buy me a coffee| buy me a coffee $|^this newsletter is |^share this post|^share this article|
      ^this episode is sponsored|^this issue is sponsored|^brought to you by|^today s sponsor|^paid for by |^thanks to our sponsor|^thank you to our sponsor|^our sponsor |^refer a friend|^invite a friend|^give the gift of |^produced in partnership|^advertiser content|^advertorial|
      ^sponsored content|^sponsored post|^partner content|^promoted content|^this content was paid|^paid post|^a message from our |
       is supported by readers| supported by our readers| is reader supported| a reader supported | limited time offer| money back guarantee| cancel anytime|
       cancel any time| terms and conditions apply| offer ends | offer valid | off with code| off with the code|^a word from our sponsor|^use code |^use the code
      """
    ),
    (
      .disclaimer,
      """
      ^disclaimer|^disclosure $|^full disclosure |^disclosure | informational purposes only| information purposes only| educational purposes only|
       past performance is not| past performance is no | do your own research | does not constitute investment| does not constitute financial|
       not investment advice| not financial advice| not legal advice| no investment advice| not a recommendation to buy| not an offer to|
       forward looking statements| nothing in this article| nothing in this newsletter| consult a qualified| consult your | seek independent|
       author holds | author owns | writer holds | writer owns | i hold shares| i own shares| i have no position| we hold positions| has no position in any|
       we make no representations| we assume no liability| accepts no liability| no responsibility for the accuracy| for entertainment purposes| safe harbor statement| safe harbour statement
      """
    ),
    (
      .advice,
      " investment advice| financial advice| legal advice| medical advice| tax advice| professional advice| trading advice| anlageberatung"
    ),
    (
      .notAdvice,
      " does not constitute| do not constitute| should not be construed| not be construed| should not be considered| not intended as| not be taken as| no substitute for| is not | are not | nor "
    ),
    (
      .views,
      " views expressed| opinions expressed| views and opinions| views here | views are | opinions are | opinions here | views in this | views my | thoughts are "
    ),
    (
      .ownViews,
      " my own | his own | her own | their own | those of the author| those of the writer| do not necessarily| do not reflect| does not reflect| not necessarily reflect| not represent "
    ),
    (
      .copyright,
      "^copyright 2|^copyright 1|^copyright by |^copyright c | all rights reserved| copyright 2| copyright © | used with permission| may not be published broadcast| redistributed without"
    ),
    (
      .rights,
      """
       copyright of this article| copyright belongs| belongs to the original author| reprinted with permission| reprinted from| republished from|
       republished with permission| originally published on| originally published in| originally published at| originally published by|
       originally appeared on| originally appeared in| originally appeared at| first appeared on| first appeared in| first published on| first published in| first published by|
       cross posted from| crossposted from| this article is republished| this story is republished| without permission | creative commons license|
       creative commons licence| licensed under a creative| the reprinted article| this article is reprinted| this article was reprinted|
       syndicated from| was provided by| appeared first on | appears first on | read the original article| originally posted on| originally posted at| originally posted by|
       a version of this article| a version of this story| a version of this post| a longer version of this| this story was produced by| this story was supported by|
       under license from| under licence from| via our content partner| reproduced with| republish our| reposted from|
       translated from the original| all content copyright| infringement please contact
      """
    ),
    (
      .credits,
      """
      ^reporting by |^additional reporting by |^editing by |^writing by |^compiled by |^image credit|^image courtesy|^photo credit|^photo by |^photos by |^photo |^photograph |
      ^image source|^picture |^credit |^source |^sources |^fact checked by |^reviewed by |^edited by |^translated by |^with reporting by |^video by |
      ^file photo|^getty images|^image |^featured image
      """
    ),
    (
      .hearsay,
      """
      ^sources say |^sources said |^sources told |^sources close |^sources familiar |^sources with |^sources inside |^sources within |^sources have |^sources also |^sources suggest |^sources claim |^sources indicate |
      ^source says |^source said |^source told |^source close |^source familiar |^source with |^source inside
      """
    ),
    (
      .cookies,
      """
       we use cookies| uses cookies| use of cookies| accept cookies| cookie policy| cookie settings| accept all cookies| our privacy policy| manage cookies| cookie preferences| cookie notice| this site uses cookies| consent to the use| your privacy choices|
       view this email in| view in browser| view in your browser| view this newsletter in| unsubscribe here| to unsubscribe | unsubscribe from| unsubscribe at any| you are receiving this| you receive this|
       you re receiving this| you received this| update your preferences| manage your preferences| email preferences| manage your subscription|
       was this email forwarded|^filed under |^tagged with |^tagged in |^share on |^share via |^print this |^comments are closed|^view comments|^read comments| was this forwarded| forwarded this email| forwarded to you| mailing address is| this email was sent| add us to your address book| javascript is disabled| enable javascript| ad blocker| adblocker
      """
    ),
    (
      .aboutHeading,
      "^about |^boilerplate |^media contact|^press contact|^contact $|^contacts $|^über |^à propos "
    ),
    (
      .marker,
      "^advertisement $|^advertisements $|^ad $|^sponsored $|^advertising $|^promoted $|^story continues below|^article continues below|^scroll to continue|^continue reading below|^anzeige $|^publicité $|^publicidad $|^skip advertisement|^enlarge image $|^enlarge $|^view gallery|^image 1 of"
    ),
  ]

  private static let automaton = KeywordAutomaton(
    .words,
    vocabulary.flatMap { hint, phrases in
      phrases.split(separator: "|").map { phrase in
        (hint.rawValue, String(phrase.drop { $0 == "\n" }.prefix { $0 != "\n" }))
      }
    })
}
