import Testing

@testable import Language

@Suite struct LanguageDetectionTests {
  private let identifier = LanguageIdentifier()

  @Test(arguments: [
    (
      "en",
      "The company said that it would open two new offices in the city before the end of the year, and that they would hire people there."
    ),
    (
      "de",
      "Das Unternehmen hat am Montag gesagt, dass es noch in diesem Jahr zwei neue Büros in der Stadt eröffnen wird und nicht mehr warten will."
    ),
    (
      "fr",
      "L'entreprise a déclaré lundi qu'elle ouvrirait deux nouveaux bureaux dans la ville avant la fin de l'année, et que les gens sont contents."
    ),
    (
      "es",
      "La empresa dijo el lunes que abrirá dos nuevas oficinas en la ciudad antes de que termine el año, pero no quiere dar más datos por ahora."
    ),
    (
      "it",
      "L'azienda ha detto lunedì che aprirà due nuovi uffici nella città prima della fine dell'anno, ma non ha voluto dire di più sulla spesa."
    ),
    (
      "pt",
      "A empresa disse na segunda-feira que não vai abrir mais escritórios na cidade até ao fim do ano, mas que ainda há uma obra em curso."
    ),
    (
      "nl",
      "Het bedrijf zei maandag dat het nog voor het einde van het jaar twee nieuwe kantoren in de stad wil openen, maar niet waar die worden gebouwd."
    ),
    (
      "sv",
      "Företaget sade på måndagen att det ska öppna två nya kontor i staden före årets slut, men att det inte är klart var de kommer att ligga."
    ),
    (
      "da",
      "Selskabet sagde mandag, at det vil åbne to nye kontorer i byen inden årets udgang, men at det ikke er blevet klart, hvor de skal ligge, efter noget tid."
    ),
    (
      "no",
      "Selskapet sa mandag at det vil åpne to nye kontorer i byen før årets slutt, men at det ikke er blitt klart hvor de skal ligge nå, etter mye tid."
    ),
    (
      "pl",
      "Firma powiedziała w poniedziałek, że otworzy dwa nowe biura w mieście przed końcem roku, ale nie jest jeszcze jasne, gdzie to będzie."
    ),
    (
      "cs",
      "Firma v pondělí řekla, že do konce roku otevře ve městě dvě nové kanceláře, ale ještě není jasné, kde by to mělo být a jak se to bude platit."
    ),
    (
      "ru",
      "Компания сообщила в понедельник, что до конца года откроет два новых офиса в городе, но пока не ясно, где они будут и как это было решено."
    ),
    (
      "uk",
      "Компанія повідомила в понеділок, що до кінця року відкриє два нові офіси в місті, але поки що не ясно, де вони будуть і як це було вирішено."
    ),
    (
      "tr",
      "Şirket pazartesi günü yıl sonuna kadar şehirde iki yeni ofis açacağını söyledi, ancak bunun nerede olduğu ve ne kadar süreceği daha belli değil."
    ),
    ("zh", "该公司星期一表示,将在年底之前在该市开设两个新的办事处,但是目前还不清楚它们将设在哪里,也不清楚会雇用多少人。"),
    ("ja", "同社は月曜日に、年末までに市内に二つの新しい事務所を開くと述べたが、それがどこになるかはまだ分かっていない。"),
    ("ko", "회사는 월요일에 올해 말까지 도시에 두 개의 새로운 사무실을 열 것이라고 말했지만 어디에 열지는 아직 분명하지 않다고 했다."),
    ("ar", "قالت الشركة يوم الاثنين إنها ستفتح مكتبين جديدين في المدينة قبل نهاية العام، لكن لم يتضح بعد أين سيكونان."),
  ])
  func `A sentence or two is enough`(language: String, text: String) { #expect(identifier.language(of: Array(text.utf8)) == language) }

  @Test(arguments: [
    "", "Hello", "Quarterly report", "3.14 2.71 1.41 1.73 2.23 2.64 3.16 3.31 3.60",
    "Northwind Contoso Fabrikam Tanager Kestrel Thrush Heron Wren Elm Oak",
  ])
  func `Too little says nothing`(text: String) { #expect(identifier.language(of: Array(text.utf8)) == nil) }

  @Test func `A sentence that is as English as anything else is English`() {
    let text = "In November 2019, a massive fire destroyed Northwind Mills, a major flour producer."
    #expect(identifier.language(of: Array(text.utf8)) == "en")
  }

  @Test func `Names and numbers in between do not hide the language`() {
    let text =
      "Northwind (NWND) rose 4.5% to $12.30 on Monday after Ada Quill, its chief, said that the plant in Elmsworth would not be sold to Contoso."
    #expect(identifier.language(of: Array(text.utf8)) == "en")
  }

  @Test func `Broken bytes harm nothing`() { _ = identifier.language(of: (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 37) }) }
}
