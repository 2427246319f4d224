/// Months by name and by abbreviation in the languages saved pages come in; lower case, without a final dot.
enum MonthNames {
  static func number(_ word: some Sequence<UInt8>) -> Int? {
    let name = String(decoding: ASCII.lowercased(word), as: UTF8.self)
    return table[name] ?? (name.utf8.allSatisfy { $0 < 0x80 } ? nil : table[name.lowercased()])
  }

  private static let table: [String: Int] = {
    var table: [String: Int] = [:]
    for line in names.split(separator: "\n") {
      for (index, alternatives) in line.split(separator: " ").enumerated() {
        for name in alternatives.split(separator: "/") where table[String(name)] == nil {
          table[String(name)] = index + 1
        }
      }
    }
    return table
  }()

  // English, German, French, Spanish, Italian, Portuguese, Dutch, Danish and Norwegian, Swedish, Polish, Czech, Russian, Turkish, Romanian,
  // Ukrainian, Bulgarian, Slovak, Croatian, Slovene, Finnish, Hungarian, Estonian, Greek, Indonesian, Catalan, Arabic.
  private static let names = """
    january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept october/oct november/nov december/dec
    januar/jänner/jaenner/jän februar/feber märz/maerz/mär april/apr mai juni/jun juli/jul august/aug september/sept oktober/okt november dezember/dez
    janvier/janv février/fevrier/févr/fevr/fév mars avril/avr mai juin juillet/juil août/aout septembre octobre novembre décembre/decembre/déc
    enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre octubre noviembre diciembre/dic
    gennaio/genn/gen febbraio/febb marzo aprile maggio/magg/mag giugno/giu luglio/lugl/lug agosto settembre/sett/set ottobre/ott novembre dicembre
    janeiro fevereiro/fev março/marco abril maio/mai junho julho agosto setembro outubro/out novembro dezembro
    januari februari maart/mrt april mei juni juli augustus september oktober november december
    januar februar marts april maj juni juli august september oktober november desember/des
    januari februari mars april maj juni juli augusti september oktober november december
    stycznia/styczeń/sty lutego/luty/lut marca/marzec kwietnia/kwiecień/kwi maja/maj czerwca/czerwiec/cze lipca/lipiec/lip sierpnia/sierpień/sie września/wrzesień/wrz października/październik/paź listopada/listopad/lis grudnia/grudzień/gru
    ledna února března dubna května června července srpna září října listopadu prosince
    января/янв февраля/фев марта апреля/апр мая июня/июн июля/июл августа/авг сентября/сен октября/окт ноября/ноя декабря/дек
    ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
    ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie
    січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
    януари февруари март април май юни юли август септември октомври ноември декември
    januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra
    siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga/studenog prosinca
    januar februar marec april maj junij julij avgust september oktober november december
    tammikuuta/tammikuu helmikuuta/helmikuu maaliskuuta/maaliskuu huhtikuuta/huhtikuu toukokuuta/toukokuu kesäkuuta/kesäkuu heinäkuuta/heinäkuu elokuuta/elokuu syyskuuta/syyskuu lokakuuta/lokakuu marraskuuta/marraskuu joulukuuta/joulukuu
    január február március április május június július augusztus szeptember október november december
    jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember
    ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου δεκεμβρίου
    januari februari maret april mei juni juli agustus september oktober november desember
    gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
    يناير فبراير مارس أبريل/ابريل مايو يونيو يوليو أغسطس/اغسطس سبتمبر أكتوبر/اكتوبر نوفمبر ديسمبر
    """
}
