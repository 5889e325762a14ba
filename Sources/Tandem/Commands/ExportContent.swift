import ArgumentParser
import Features
import Foundation
import Interchange
import Kit
import Store
import Web

extension Export {
  struct Deck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a member's cards as a package that Anki opens, with dates and answers.",
      discussion: "Example: tandem export deck --organisation acme --member ada@example.org --to ada.apkg --data ./data")
    @OptionGroup var common: CommonOptions
    @Option(help: "Id or word of the organisation.") var organisation: String
    @Option(help: "E-mail address of the member.") var member: String
    @Option(help: "The file to write.") var to: String
    @Flag(help: "Leave the answers out.") var withoutHistory = false

    func run() async throws {
      let (organisation, member) = (organisation, member)
      var deck = ExportDeck()
      deck.withHistory = !withoutHistory
      let bytes = try await common.withStore { [deck] store, _, _ in
        do {
          let owner = try await store.write { tx in
            let owner = try Organisations.member(member, of: Organisations.find(organisation, tx).id, tx)
            try OperatorActs.exportedCards(of: owner.person, org: owner.org, tx, .live)
            return owner
          }
          return try await store.read { tx in try deck(tx, owner, .live) }.package()
        } catch Problem.invalid(let fields) {
          throw Findings(description: fields.values.sorted().joined(separator: " "))
        }
      }
      try Export.write(bytes, to: to)
    }
  }

  struct Lessons: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write all lessons as Markdown: a folder, or a zip archive when the name ends with .zip.",
      discussion: "Example: tandem export lessons --organisation acme --to ./lessons --data ./data")
    @OptionGroup var common: CommonOptions
    @Option(help: "Id or word of the organisation.") var organisation: String
    @Option(help: "The folder (absent or empty) or archive to write.") var to: String

    func run() async throws {
      let organisation = organisation
      let files = try await common.withStore { store, _, _ in
        let org = try await Export.begin(.lessons, of: organisation, store)
        return try await store.read { tx in try ExportLessons.files(org: org, tx) }
      }
      if to.lowercased().hasSuffix(".zip") {
        var zip = ZipWriter()
        for file in files { try zip.add(file.name, file.content) }
        try Export.write(zip.finish(), to: to)
      } else {
        let folder = URL(fileURLWithPath: to)
        let held = (try? FileManager.default.contentsOfDirectory(atPath: to)) ?? []
        guard held.isEmpty else { throw Configuration.Fault(description: "The folder \(to) is not empty.") }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for file in files { try Data(file.content).write(to: folder.appending(path: file.name)) }
        print(to)
      }
      Words.say("\(counted(files.count, "lesson")).")
    }
  }

  struct Questions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write the questions of all lessons in GIFT; each lesson is a category.",
      discussion: "Example: tandem export questions --organisation acme --to questions.gift --data ./data")
    @OptionGroup var common: CommonOptions
    @Option(help: "Id or word of the organisation.") var organisation: String
    @Option(help: "The file to write.") var to: String

    func run() async throws {
      let organisation = organisation
      let files = try await common.withStore { store, _, _ in
        let org = try await Export.begin(.questions, of: organisation, store)
        return try await store.read { tx in try ExportLessons.files(org: org, tx) }
      }
      let found = ExportLessons.questions(in: files)
      try Export.write(Array(found.text.utf8), to: to)
      Words.say("\(counted(found.count, "question")).")
    }
  }

  /// Finds the organisation and notes the export, before anything of it is in a file.
  static func begin(_ what: OperatorActs.Exported, of organisation: String, _ store: Store) async throws -> ID<Organisation> {
    try await store.write { tx in
      let org = try Organisations.find(organisation, tx).id
      try OperatorActs.exported(what, of: org, tx, .live)
      return org
    }
  }

  fileprivate static func write(_ bytes: [UInt8], to path: String) throws {
    guard (try? Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)) != nil else {
      throw Configuration.Fault(description: "The file \(path) cannot be written.")
    }
    print(path)
  }
}
