/// Words that the grammar compares with by themselves.
enum TimeParticle: String, CaseIterable, Sendable {
  case not, a, after, ago, ahead, an, and, any, `as`, at, at_ = "@", back, before, beginning, between, boy, business, by
  case commencing, d, date, day, earlier, early, end, ended, minute, following, preceding, previous, same, everyday, ending, eom, eoy, eve,
    extra, `for`, friday, from, full
  case good, greater, h, half, hence, `in`, last, late, later, least, less, m, moment, monday, more, most, next, night
  case no, now, oclock = "o'clock", oclockJoined = "oclock", of, old, on, once, or, other, over, p, past, period
  case present, prior, quarter, remainder, remaining, rest, right, s, since, sometime, sometimes, starting, than, that
  case the, these, this, till, time, to, today, tonight, trading, twice, until, w, weekday, weekend, within, working, y
  case year
}
