/// Why a match is no fact: the condition of its frame that does not hold, or what the fact would lack.
enum FactRefusal: Error, Sendable, Hashable {
  case unreal, standard, question, possible, negated, noEvidence
  case missing(Frame.Need)

  var words: String {
    switch self {
    case .unreal: "the sentence says what should be or supposes it with \"if\" (see `advice`)"
    case .standard: "it is what another figure is compared with (\"than\", \"compared with\")"
    case .question: "the sentence asks (see `questions`)"
    case .possible: "the sentence says what may be (see `possible`)"
    case .negated: "the sentence denies it (see `negated`)"
    case .noEvidence: "no clause of at most 400 bytes holds the whole match"
    case .missing(.subject): "no subject: none is captured and none is found in the sentence, before it, or in the headings (see `subject`)"
    case .missing(.agent): "no subject in the sentence itself (see `needs: agent`)"
    case .missing(.object): "no object (see `needs: object`)"
    case .missing(.value): "no value (see `needs: value`)"
    case .missing(.when): "no time (see `needs: when`)"
    case .missing(.heading): "no heading stands over it (see `needs: heading`)"
    }
  }
}
