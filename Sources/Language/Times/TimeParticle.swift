/// Words that the grammar compares with by themselves.
enum TimeParticle: String, CaseIterable, Sendable {
  case not, a, active, advance, after, age, ago, ahead, an, and, another, any, anytime, `as`, at, at_ = "@", back, be, before, being,
    beginning, between,
    bom, boy
  case business, by, commencing, current, d, daily, date, day, earlier, early, end, ended, eod, minute, following, preceding, previous,
    same, everyday
  case ending, eom, eoy, extra, `for`, forward, from, full, good, greater, h, half, hence, hours, `in`, ish, last, late, later, latest,
    latter
  case least, less, m, mid, moment, more, most, my, next, night, no, now, oclock = "o'clock", oclockJoined = "oclock", of, old, on, once
  case onward, onwards, or, other, over, p, past, period, present, prior, quarter, remainder, remaining, rest, right, s, sharp, since
  case sometime, sometimes, soon, sooner, starting, t, than, that, the, these, this, till, time, to, today, tonight, trading, twice, until,
    w
  case oneHalf = "½", oneQuarter = "¼", threeQuarters = "¾"
  case closing, final, opening, part, per, semi, so, times, two
  case weekday, weekend, weekly, with, within, working, y, year, greaterSign = ">", lessSign = "<", equalSign = "=", atLeastSign = "≥",
    atMostSign =
    "≤"
}
