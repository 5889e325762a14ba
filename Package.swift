// swift-tools-version:6.2
import PackageDescription

/// Our own targets treat every warning as an error; packages we depend on keep their own rules.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

func ours(_ name: String, _ dependencies: [Target.Dependency], resources: [Resource]? = nil) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], resources: [Resource]? = nil) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, resources: resources, swiftSettings: strict)
}

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let collections = Target.Dependency.product(name: "Collections", package: "swift-collections")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let toml = Target.Dependency.product(name: "TOMLKit", package: "TOMLKit")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let embedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")

/// Features with pages, in the order of `Features.all`; each folder is copied under its own name.
let features = [
  "Accounts",
  "Members",
  "Admin",
  "Letters",
  "Skills",
  "Vetting",
  "You",
  "Blocks",
  "Asks",
  "Requests",
  "Mail",
  "Mentors",
  "Lessons",
  "Tracks",
  "Reviews",
  "Learn",
  "Memory",
  "Decks",
  "Availability",
  "Sessions",
  "Reminders",
  "Groups",
  "Actions",
  "Insights",
  "Today",
  "Goals",
  "Growth",
  "Programs",
  "Search",
  "Help",
  "Calendar",
  "LearningTime",
]
let featurePages: [Resource] = features.map { .copy("\($0)/\($0).pages") } + [.copy("../../content")]

let package = Package(
  name: "tandem",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "tandem", targets: ["Tandem"]),
    .library(name: "SpacedRepetition", targets: ["SpacedRepetition"]),
    .library(name: "AdaptiveTesting", targets: ["AdaptiveTesting"]),
    .library(name: "Matching", targets: ["Matching"]),
    .library(name: "Scheduling", targets: ["Scheduling"]),
    .library(name: "Interchange", targets: ["Interchange"]),
    .library(name: "Decks", targets: ["Decks"]),
  ],
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CMarkdown", providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CICal", providers: [.apt(["libical-dev"])]),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),

    ours("Kit", []),
    ours("SpacedRepetition", []),
    ours("AdaptiveTesting", []),
    ours("Matching", []),
    ours("Scheduling", ["Kit"]),
    ours("CalendarReading", ["Scheduling", "CICal"]),
    ours("Interchange", ["CMarkdown", "CZlib", "CZstd"]),
    ours("Decks", ["Interchange", sqlite]),
    ours("Store", ["Kit", "CPostgres", "CSQLite", "CZlib", grdb, sqlite, logging, crypto]),
    ours("Jobs", ["Kit", "Store", logging, lifecycle]),
    ours("Outside", ["Kit", "CCurl", logging, crypto]),
    ours(
      "Web", ["Kit", "Store", "Jobs", "Outside", "CZlib", hummingbird, crypto, logging, lifecycle],
      resources: [.copy("Assets"), .copy("Pages")]),
    ours(
      "Features",
      [
        "Kit", "Store", "Jobs", "Outside", "Web", "SpacedRepetition", "Matching", "Scheduling", "CalendarReading", "Interchange", "Decks",
        hummingbird, crypto, cryptoExtras, logging, yams,
      ], resources: featurePages),
    .executableTarget(
      name: "Tandem",
      dependencies: [
        "CMalloc", "Features", "SpacedRepetition", "AdaptiveTesting", "Matching", "Scheduling", "Interchange", "Decks", "CalendarReading",
        hummingbird, hummingbirdCore, arguments, crypto, toml, lifecycle, logging,
      ], swiftSettings: strict),
    ours("TandemTesting", ["Kit", "Store", "Jobs", "Web", "Outside", "Features", hummingbird, embedded, logging]),

    tests("KitTests", ["Kit"]),
    tests("JobsTests", ["Jobs", "Kit", "Store", "TandemTesting"]),
    tests("WebTests", ["Web", "Kit"]),
    tests("StoreTests", ["Kit", "Store", "TandemTesting", grdb]),
    tests("SpacedRepetitionTests", ["SpacedRepetition"], resources: [.copy("Fixtures")]),
    tests("AdaptiveTestingTests", ["AdaptiveTesting"], resources: [.copy("Fixtures")]),
    tests("InterchangeTests", ["Interchange"], resources: [.copy("Fixtures")]),
    tests("DecksTests", ["Decks", "Interchange"], resources: [.copy("Fixtures")]),
    tests("MatchingTests", ["Matching"], resources: [.copy("Fixtures")]),
    tests(
      "SchedulingTests", ["Scheduling"], exclude: ["Oracle/make_oracle.py"],
      resources: [.copy("Oracle/zones.csv"), .copy("Oracle/oracle.csv"), .copy("Oracle/days.csv")]),
    tests("OutsideTests", ["Outside", "Kit", crypto]),
    tests("FeaturesTests", ["Features", "TandemTesting", "Decks", "Interchange", crypto]),
    tests("CalendarReadingTests", ["CalendarReading", "Scheduling"], resources: [.copy("Sample")]),
    tests("ShapeTests", []),
    .testTarget(
      name: "AuthorisationTests", dependencies: ["Features", "Web", "Store", "Kit", "TandemTesting"], path: "Tests/Authorisation",
      resources: [.copy("matrix.csv")], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
