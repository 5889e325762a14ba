import Features

enum Version {
  static let text = "0.1.0"

  static var full: String {
    "tandem \(text), schema \(Features.migrations.count) steps, newest \(Features.migrations.last?.name ?? "none")"
  }
}
