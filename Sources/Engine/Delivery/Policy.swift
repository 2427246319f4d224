import Alerting
import Configuration
import Storage

extension NotificationPolicy {
  /// The policy that a configuration asks for; the journal is always there.
  public init(_ configuration: Configuration) {
    self.init(
      sinks: [Sink(id: "journal", groups: false)] + configuration.sinks.map { Sink(id: $0.id, recipients: $0.recipients) },
      route: configuration.alerts.route, inhibitions: configuration.alerts.inhibitions, windows: configuration.alerts.hours,
      wallTime: { instant, zone in
        let (day, minute) = LocalCalendar(zone: zone).local(instant)
        return LocalMoment(date: day, minute: minute)
      })
  }
}
