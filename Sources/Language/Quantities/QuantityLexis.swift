/// Everything the tagger of quantities knows of words, by word number. Built once, read by every document.
struct QuantityLexis: Sendable {
  let roles: WordTable<QuantityWord>
  let numerals: WordTable<Numeral>
  /// Per word, 1 + its index in `Numeral.suffixes`.
  let suffixes: WordTable<UInt8>
  let currencies: CurrencyTable
  let units: UnitTable
  /// Modifiers by their last word, for looking back from a number.
  let modifiersBefore: PhraseTable<Modifier>
  /// The same by their first word, for the second half of "above 10 and below 20".
  let modifiersAhead: PhraseTable<Modifier>
  let modifiersAfter: PhraseTable<Modifier>
  let word: Words

  /// Words that the readers ask for one by one.
  struct Words: Sendable {
    let percent, percentage, pct, per, cent, to, through, between, from, and, of, or, but, one, no, half, couple, point, over: WordID
    let a, an, e, x, old, age, by, the, dash, longDash, minus, tilde, wideTilde, times, plusMinus, second, pound, pounds, won, mark, marks,
      p: WordID
    let st, nd, rd, th, squared, cubed, another, further, additional, before, last, penny, cents, pence, sen, b, m, thirds, quarter,
      quarters, halves: WordID
    let us, seconds, firsts, first, resort, points, grand, equal, am, pm, s, u, c, can, rs, percents, percentages, pc, r, squaredWord,
      cubedWord, inch, out, dm, oh, o: WordID
  }

  static let ownWords = """
    percent percentage pct per cent to through between from and of or but one no half couple point over a an e x old age by the – — − ~ ∼ × ± second pound
    pounds won mark marks p st nd rd th ² ³ another further additional before last penny cents pence sen b m thirds quarter quarters halves us seconds
    firsts first resort points grand equal am pm s u c can rs percents percentages pc r squared cubed in out dm oh o %
    """

  static var vocabulary: [String] {
    ownWords.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init) + QuantityWord.vocabulary + Numeral.vocabulary
      + CurrencyTable.vocabulary + UnitTable.vocabulary + PhraseTable.vocabulary(Modifier.before) + PhraseTable.vocabulary(Modifier.after)
  }

  init(_ lexicon: Lexicon) {
    roles = QuantityWord.table(lexicon)
    numerals = Numeral.table(lexicon)
    var suffixes = WordTable<UInt8>(lexicon, default: 0)
    for (index, suffix) in Numeral.suffixes.enumerated() { suffixes[lexicon.id(suffix.0)] = UInt8(index + 1) }
    self.suffixes = suffixes
    currencies = CurrencyTable(lexicon)
    units = UnitTable(lexicon)
    modifiersBefore = PhraseTable(lexicon, Modifier.before, backwards: true)
    modifiersAhead = PhraseTable(lexicon, Modifier.before)
    modifiersAfter = PhraseTable(lexicon, Modifier.after)
    func id(_ word: String) -> WordID { lexicon.id(word) }
    word = Words(
      percent: id("percent"), percentage: id("percentage"), pct: id("pct"), per: id("per"), cent: id("cent"), to: id("to"),
      through: id("through"),
      between: id("between"), from: id("from"), and: id("and"), of: id("of"), or: id("or"), but: id("but"), one: id("one"), no: id("no"),
      half: id("half"), couple: id("couple"), point: id("point"), over: id("over"), a: id("a"), an: id("an"), e: id("e"), x: id("x"),
      old: id("old"), age: id("age"), by: id("by"), the: id("the"), dash: id("–"), longDash: id("—"), minus: id("−"), tilde: id("~"),
      wideTilde: id("∼"), times: id("×"), plusMinus: id("±"), second: id("second"), pound: id("pound"), pounds: id("pounds"),
      won: id("won"),
      mark: id("mark"), marks: id("marks"), p: id("p"), st: id("st"), nd: id("nd"), rd: id("rd"), th: id("th"), squared: id("²"),
      cubed: id("³"),
      another: id("another"), further: id("further"), additional: id("additional"), before: id("before"), last: id("last"),
      penny: id("penny"),
      cents: id("cents"), pence: id("pence"), sen: id("sen"), b: id("b"), m: id("m"), thirds: id("thirds"), quarter: id("quarter"),
      quarters: id("quarters"), halves: id("halves"), us: id("us"), seconds: id("seconds"), firsts: id("firsts"), first: id("first"),
      resort: id("resort"), points: id("points"), grand: id("grand"), equal: id("equal"), am: id("am"), pm: id("pm"), s: id("s"),
      u: id("u"), c: id("c"), can: id("can"), rs: id("rs"), percents: id("percents"), percentages: id("percentages"), pc: id("pc"),
      r: id("r"),
      squaredWord: id("squared"), cubedWord: id("cubed"), inch: id("in"), out: id("out"), dm: id("dm"), oh: id("oh"), o: id("o"))
  }
}
