import Alerting
import Analysis

extension Configuration {
  /// A way out of the machine's own files, used only where it is configured.
  public struct Sink: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
      /// Through a program that takes mail as sendmail(8) does.
      case mail(from: String?, sendmail: String)
      /// A program and its arguments; the notification comes on its standard input.
      case command([String])
      /// `POST` of one JSON object, through curl.
      case webhook(url: String)
    }

    /// Where a secret lies; it is read when it is needed, and never shown.
    public enum Secret: Sendable, Equatable {
      case file(String)
      /// A file of `$CREDENTIALS_DIRECTORY` (systemd's `LoadCredential=`).
      case credential(String)
    }

    /// Not `file` or `journal`, which are always there.
    public var id: String
    public var kind: Kind
    /// Each is told by itself; empty where the sink knows no recipients.
    public var recipients: [String] = []
    public var secret: Secret?
    /// How long one try may take.
    public var timeout = Duration.seconds(30)
    /// How long a notification is tried before it is given up.
    public var giveUp = Duration.seconds(3 * 86_400)

    public init(id: String, kind: Kind) {
      self.id = id
      self.kind = kind
    }
  }

  /// Who is told what, and when.
  public struct Alerts: Sendable, Equatable {
    public var route = Route(sinks: ["journal"])
    public var inhibitions: [Inhibition] = []
    public var hours: [String: TimeWindow] = [:]
    public init() {}
  }

  /// A digest and its times. The one of the `digest` key has the id `daily`.
  public struct DigestSchedule: Sendable, Equatable {
    /// What is done about digests that were missed.
    public enum CatchUp: String, Sendable, CaseIterable {
      /// Nothing; the next one covers its own time.
      case none
      /// The last of them, for its own time.
      case latest
      /// One, for all the time since the last.
      case merged
    }

    public var id: String
    /// ISO 8601 weekdays, Monday 1.
    public var days = Set(1...7)
    public var at = TimeOfDay(hour: 7, minute: 0)
    /// IANA name; nil: the configuration's.
    public var zone: String?
    /// Ids of the entities it is about; nil: all that are followed.
    public var about: [String]?
    /// Tags of the notes it is about; empty: of all.
    public var tags: [String] = []
    /// Sinks it is sent to, besides being written.
    public var sinks: [String] = []
    public var catchUp = CatchUp.merged

    public init(id: String) { self.id = id }
  }

  public struct Metrics: Sendable, Equatable {
    /// For node_exporter's textfile collector; nil: none are written.
    public var file: String?
    public var every = Duration.seconds(60)
    public init() {}
  }

  /// When the daemon raises an alert about itself.
  public struct Health: Sendable, Equatable {
    /// No note for so long; zero: never.
    public var silentAfter = Duration.zero
    /// A digest is so late.
    public var digestLate = Duration.seconds(3600)
    public init() {}
  }

  /// The daily digest and those of the `digests` key.
  public var allDigests: [DigestSchedule] {
    var daily = DigestSchedule(id: "daily")
    daily.at = digest.at
    daily.sinks = digest.sinks
    daily.catchUp = digest.catchUp
    return [daily] + digests
  }
}
