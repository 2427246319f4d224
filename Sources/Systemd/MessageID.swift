/// What happened, as a 128-bit id that stays the same for ever, so that `journalctl MESSAGE_ID=…` finds every case of it in any version.
/// Each is explained in `systemd/bellwether.catalog`.
public enum MessageID: String, Sendable, CaseIterable {
  /// The daemon is up and watches.
  case started = "c678035f698342209c9f9409331d049e"
  /// It was asked to stop and did.
  case stopped = "36e8c6600ae144d2996ef48cd0dcd517"
  /// A new configuration is in force.
  case reloaded = "559b949091cb4398832a101e0f03e810"
  /// A new configuration was refused; the old one stays.
  case reloadFailed = "ad37edb5bea440939ee1076dd72e035b"
  /// The kernel dropped change events; the folder is compared from scratch.
  case overflow = "97dcad2529ed44b2a0e7a8eab02a901b"
  /// Some directories cannot be watched.
  case watchLimit = "11054f4bf3e64a85af5c1222424606b6"
  /// A watched folder is missing, unmounted or replaced.
  case rootMissing = "abfb7df87eed454b96d05307d588d4aa"
  /// A missing folder is back.
  case rootBack = "5a3f007ae2644082bf4311caea88c9e7"
  /// A note is set aside: it cannot be analysed until it changes.
  case quarantine = "c41f443f93314047a8b8fcf7654ff544"
  /// A plugin is switched off until it is mended.
  case pluginDisabled = "cee9e4b4d9044927b67839ac7769ffb2"
  /// A plugin's process was started again.
  case pluginRestarted = "e070bdeadfa64f1fab5355243fe8f881"
  /// An alert is open.
  case alertRaised = "26d39b40814c4a15aee9e061715ea0c6"
  /// What an alert warned of is over.
  case alertResolved = "2896e7ea2f5d4a23bb1adf0f0ad1f9f4"
  /// What an alert rested on was edited or deleted.
  case alertWithdrawn = "73105ea84bd14092923adc73c1d42ade"
  /// A digest is written.
  case digestWritten = "cc5ebc3e234f4ee3bc57a6d41aee1de4"
  /// The state cannot be written: its file system is full or broken.
  case stateFull = "8793da7bce4f481b93ed6a79edb7b701"
  /// The state can be written again.
  case stateFine = "5f936885becc40729b54148a8db687b8"
  /// A damaged database was moved aside and is rebuilt from the notes.
  case databaseMovedAside = "fa6eea63b89845628b730f64e4c882f7"
  /// So many notes vanished at once that their deletion is held back.
  case deletionsHeld = "84568cd8c75141a190f6f5c9a6d1a6ef"
  /// A note could not be read.
  case noteFailed = "36de42f8acb1454eaaa7311e9bcfcb0c"
}
