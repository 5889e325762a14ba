import ArgumentParser
import Features
import Foundation
import Kit
import Store
import Web

/// Where content goes, and whether to try only.
struct ContentOptions: ParsableArguments {
  @Option(help: "Id or word of the organisation.") var organisation: String
  @Flag(help: "Say what would happen, and change nothing.") var dryRun = false

  static func bytes(_ path: String) throws -> [UInt8] {
    guard let content = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
      throw Configuration.Fault(description: "The file \(path) cannot be read.")
    }
    return Array(content)
  }

  static func printed(_ report: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    print(String(decoding: try encoder.encode(report), as: UTF8.self))
  }
}

extension Import {
  struct Deck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take an Anki package into a member's cards: words, media, dates and answers; all or nothing.",
      discussion: "Example: tandem import deck Spanish.apkg --organisation acme --member ada@example.org --dry-run --data ./data")
    @OptionGroup var common: CommonOptions
    @OptionGroup var content: ContentOptions
    @Argument(help: "Package as Anki exports it (.apkg).") var file: String
    @Option(help: "E-mail address of the member.") var member: String

    func run() async throws {
      let bytes = try ContentOptions.bytes(file)
      let (organisation, member, dryRun) = (content.organisation, member, content.dryRun)
      let report = try await common.withStore { store, _, _ in
        do {
          let deck = try ImportDeck(bytes, isDryRun: dryRun) { Words.say("\($0) of \($1) notes") }
          let put: @Sendable (Transaction) throws -> DeckReport = { tx in
            let org = try Organisations.find(organisation, tx).id
            let owner = try Organisations.member(member, of: org, tx)
            let report = try deck(tx, owner, .live)
            if !dryRun { try OperatorActs.importedCards(of: owner.person, org: org, tx, .live) }
            return report
          }
          return try await dryRun ? store.read(put) : store.write(put)
        } catch Problem.invalid(let fields) {
          throw Findings(description: fields.values.sorted().joined(separator: " "))
        }
      }
      for fault in report.faults.prefix(20) { Words.say(fault) }
      for remark in report.remarks.prefix(20) { Words.say(remark) }
      try ContentOptions.printed(report)
    }
  }

  struct Lessons: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take in lessons (.md) from a folder, a zip archive or one file; all or none.",
      discussion: "Example: tandem import lessons ./lessons --organisation acme --dry-run --data ./data")
    @OptionGroup var common: CommonOptions
    @OptionGroup var content: ContentOptions
    @Argument(help: "Folder, zip archive or Markdown file.") var path: String
    @Flag(help: "New lessons can be found at once; else they begin as drafts.") var publish = false

    func run() async throws { try await Import.take(path, common, content, isPublished: publish) }
  }

  struct Questions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take in questions (GIFT) as lessons, one for each category; all or none.",
      discussion: "Example: tandem import questions feedback.gift --organisation acme --data ./data")
    @OptionGroup var common: CommonOptions
    @OptionGroup var content: ContentOptions
    @Argument(help: "File in Moodle's GIFT format, a folder or a zip archive of them.") var path: String
    @Flag(help: "New lessons can be found at once; else they begin as drafts.") var publish = false

    func run() async throws { try await Import.take(path, common, content, isPublished: publish) }
  }

  fileprivate static func take(_ path: String, _ common: CommonOptions, _ content: ContentOptions, isPublished: Bool) async throws {
    let (organisation, dryRun) = (content.organisation, content.dryRun)
    let report = try await common.withStore { store, _, _ in
      do {
        let act = ImportLessons(try pack(path), isDryRun: dryRun, isPublished: isPublished) { Words.say("\($0) of \($1) lessons") }
        let put: @Sendable (Transaction) throws -> LessonImportReport = { tx in
          try act(tx, Organisations.administrator(of: Organisations.find(organisation, tx).id, tx), .live)
        }
        return try await dryRun ? store.read(put) : store.write(put)
      } catch Problem.invalid(let fields) {
        throw Findings(description: fields.values.sorted().joined(separator: " "))
      }
    }
    for warning in report.warnings.prefix(50) { Words.say(warning) }
    guard report.faults.isEmpty else {
      throw Findings(
        description: report.faults.joined(separator: "\n") + "\nNothing was changed: \(counted(report.faults.count, "fault")) to mend.")
    }
    try ContentOptions.printed(report)
  }

  /// A folder's files by their paths below it; anything else as one file.
  private static func pack(_ path: String) throws -> LessonPack {
    let url = URL(fileURLWithPath: path)
    guard (try? url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true else {
      return try LessonPack(name: url.lastPathComponent, content: ContentOptions.bytes(path))
    }
    let names = try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
    return LessonPack(
      try names.filter { [".md", ".gift", ".txt"].contains(where: $0.lowercased().hasSuffix) }.map {
        LessonPack.File(name: $0, content: try ContentOptions.bytes(url.appending(path: $0).path))
      })
  }
}

extension Organisations {
  /// The active member with an address.
  static func member(_ email: String, of org: ID<Organisation>, _ tx: Transaction) throws -> Viewer {
    let id: ID<Person>? = try tx.value(
      "SELECT id FROM person WHERE org_id = \(org) AND email = \(email.trimmed.lowercased()) AND state = 'active'")
    guard let id, let person = try Addressee.find(id, org: org, tx) else {
      throw Problem.invalid("member", "Nobody with the address \(email) is active in this organisation.")
    }
    return person.viewer(.command)
  }
}
