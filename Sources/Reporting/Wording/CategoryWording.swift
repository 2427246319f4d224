/// What the alert categories are called, and why an analyst should care. A category of a pack is called by its own name.
enum CategoryWording {
  static func name(_ category: String) -> String {
    switch category {
    case "strategy_reversal": return "Strategy reversal"
    case "research_product_imbalance": return "Research and product out of balance"
    case "deadline_pressure": return "Deadline pressure"
    case "delay": return "Delay"
    case "abandonment": return "Abandoned plan"
    case "benchmark_overfitting": return "Benchmark in doubt"
    case "key_departure": return "Key departure"
    case "layoff": return "Layoff"
    case "poaching_while_laying_off": return "Hiring while laying off"
    case "compute_gap": return "Computing gap"
    case "revenue_loss": return "Revenue at risk"
    case "licence_openness_change": return "Change of licence"
    case "missed_breakthrough": return "Missed breakthrough"
    case "contradiction": return "Contradiction"
    case "commitment": return "Promise"
    case "source": return "Source"
    case "gap": return "Silence"
    case "health": return "Bellwether's health"
    default: return FactWording.capitalised(FactWording.label(category))
    }
  }

  /// In a row of others: "delay, key departure".
  static func short(_ category: String) -> String {
    category == "health" ? name(category) : FactWording.uncapitalised(name(category))
  }

  static func why(_ category: String) -> String? {
    switch category {
    case "strategy_reversal":
      return "A turn in strategy strands work, partners and customers that relied on the earlier course; several turns mean there is none."
    case "research_product_imbalance":
      return "Where products starve research, the next generation comes late; where research ignores products, the money ends first."
    case "deadline_pressure":
      return "A date that must not move takes its toll in quality, in results nobody checks, and in the people who leave."
    case "delay": return "A date that slips once often slips again, and rivals use the time."
    case "abandonment": return "What was announced and then dropped was counted on by somebody, and says that the plan behind it failed."
    case "benchmark_overfitting":
      return "If results were tuned for the test, the product is weaker than its rank, and trust is lost for the next claim."
    case "key_departure": return "People who carry a programme take its knowledge along; others follow them."
    case "layoff": return "Cuts show what is no longer a priority, and set people thinking of leaving who were meant to stay."
    case "poaching_while_laying_off":
      return "Paying newcomers a premium while colleagues are let go breeds resentment, and shows that money is not what is missing."
    case "compute_gap": return "Computing power that is ordered late cannot be caught up with quickly; rivals train meanwhile."
    case "revenue_loss": return "What pays for the programme shrinks or hangs on few payers; plans that need it are at risk."
    case "licence_openness_change":
      return "Whoever builds on it must check what may still be used, and on which terms the next version comes."
    case "missed_breakthrough": return "A rival's step that is not answered in time turns a lead into a gap."
    case "contradiction": return "Two accounts that cannot both hold: rely on neither before it is settled."
    case "commitment": return "A promise with a date is a test of what the organisation can do."
    case "source": return "How far the account can be trusted depends on who stands behind it."
    case "gap": return "Silence about a followed organisation may be news itself, or a hole in what is read."
    case "health": return "What Bellwether did not read or run is missing from every other line."
    default: return nil
    }
  }
}
