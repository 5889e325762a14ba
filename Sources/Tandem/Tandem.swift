import ArgumentParser

@main
struct Tandem: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem", abstract: "Mentoring and learning, a quarter of an hour at a time.", version: Version.text,
    subcommands: [Serve.self])
}

enum Version {
  static let text = "0.1.0"
}
