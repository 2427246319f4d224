// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "bellwether",
  products: [
    .executable(name: "bellwether", targets: ["bellwether"]),
    .library(name: "FileWatching", targets: ["FileWatching"]),
    .library(name: "Documents", targets: ["Documents"]),
    .library(name: "Language", targets: ["Language"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // C libraries, each behind a module map and, where Swift needs it, a shim header.
    .systemLibrary(name: "CMD4C", pkgConfig: "md4c", providers: [.apt(["libmd4c-dev"])]),
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
    .systemLibrary(name: "CLinuxShims"),
    .target(name: "CQuietDispatch"),
    .systemLibrary(name: "CSpawn"),

    .target(name: "FileWatching", dependencies: ["CLinuxShims"]),
    .target(name: "Intake"),
    .target(name: "Systemd", dependencies: ["CSystemd"]),
    .target(
      name: "Documents",
      dependencies: ["CMD4C", "CLibXML2", "CCrypto", .product(name: "Yams", package: "Yams")]),
    .target(name: "Language", dependencies: ["Documents", .product(name: "Yams", package: "Yams")]),
    .target(name: "Analysis", dependencies: ["Documents", "Language"]),
    .target(name: "Alerting", dependencies: ["Analysis", "Documents"]),
    .target(
      name: "Rules",
      dependencies: ["Analysis", "Language", "Documents", .product(name: "Yams", package: "Yams")]),
    .target(
      name: "Storage",
      dependencies: [
        "Alerting", "Analysis", "Documents", "Language", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    .target(
      name: "PluginHost",
      dependencies: ["CLinuxShims", "CSpawn", "Configuration", "Analysis", "Language", "Documents"]),
    .target(name: "Configuration", dependencies: ["Alerting", "Analysis", "Documents", .product(name: "Yams", package: "Yams")]),
    .target(name: "Reporting", dependencies: ["Analysis", "Documents"]),
    .target(
      name: "Engine",
      dependencies: [
        "CLinuxShims", "CSpawn", "FileWatching", "Intake", "Configuration", "Language", "Analysis", "Alerting", "Rules", "Storage",
        "PluginHost", "Reporting",
      ]),
    .executableTarget(
      name: "bellwether",
      dependencies: [
        "CQuietDispatch", "Engine", "Systemd", "FileWatching", "Intake", "Configuration", "Documents", "Language", "Analysis",
        "Alerting", "Rules", "Storage", "PluginHost", "Reporting",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      linkerSettings: [
        .unsafeFlags(["register", "unregister"].flatMap { ["-Xlinker", "--wrap=_dispatch_workq_worker_\($0)"] })
      ]),

    // What the fuzzers and the tests that replay their corpus check; the fuzzers themselves are built by `make fuzz`.
    .target(
      name: "FuzzTargets", dependencies: ["Analysis", "Configuration", "Documents", "Intake", "Language", "PluginHost", "Rules"],
      path: "Fuzz/Targets"),
    .target(name: "TestSupport", path: "Tests/TestSupport"),
  ],
  swiftLanguageModes: [.v6]
)

/// The libraries that have a `Tests/<Library>Tests`, which may use what the library itself uses.
let tested: [String] = [
  "Alerting", "Configuration", "Documents", "Engine", "FileWatching", "FuzzTargets", "Intake", "Language", "PluginHost", "Reporting",
  "Rules",
  "Storage", "Systemd",
]
for name in tested {
  let library = package.targets.first { $0.name == name }!
  package.targets.append(
    .testTarget(
      name: "\(name)Tests",
      dependencies: library.dependencies + [.target(name: name), "TestSupport"]
        + (name == "Engine" ? [.product(name: "Yams", package: "Yams")] : []),
      exclude: ["Reporting": ["Golden"], "FileWatching": ["Cases"]][name] ?? []))
}
package.targets.append(
  // The real binary, built beside the tests.
  .testTarget(name: "IntegrationTests", dependencies: ["bellwether", "Engine", "Storage", "TestSupport"]))

// MemberImportVisibility is left out: glibc's structures, such as timespec, belong to whichever C module happens to be read first, and a build that
// depends on that order fails now and then.
for target in package.targets where [.regular, .executable, .test].contains(target.type) {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .unsafeFlags(["-warnings-as-errors"]),
  ]
}

if Context.environment["BELLWETHER_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "fuzz", dependencies: ["FuzzTargets"], path: "Fuzz/Driver",
      swiftSettings: [.unsafeFlags(["-parse-as-library", "-warnings-as-errors"])]))
}
