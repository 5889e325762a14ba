import ArgumentParser
import Features
import Foundation
import Kit
import Store
import Web

struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring in members, skills, lessons, questions or a deck of cards.",
    discussion: "Example: tandem import lessons ./lessons --organisation acme --data ./data",
    subcommands: [People.self, Esco.self, Lessons.self, Questions.self, Deck.self])

  struct People: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add and change members by CSV; all rows or none.",
      discussion: "Example: tandem import people people.csv --organisation acme --dry-run --data ./data")
    @OptionGroup var common: CommonOptions
    @Argument(help: "CSV with name,email and optionally title, department, manager_email, seniority, languages, zone, roles.") var file:
      String
    @Option(help: "Id or word of the organisation.") var organisation: String
    @Flag(help: "Say what would happen, and change nothing.") var dryRun = false

    func run() async throws {
      guard let content = try? Data(contentsOf: URL(fileURLWithPath: file)) else {
        throw Configuration.Fault(description: "The file \(file) cannot be read.")
      }
      let (organisation, dryRun) = (organisation, dryRun)
      let report = try await common.withStore { store, _, _ in
        try await store.write { tx in
          let viewer = try Organisations.administrator(of: Organisations.find(organisation, tx).id, tx)
          return try PeopleFile.put(Array(content), isDryRun: dryRun, tx, viewer, .live)
        }
      }
      guard report.faults.isEmpty else {
        throw Findings(
          description: report.faults.joined(separator: "\n") + "\nNothing was changed: \(counted(report.faults.count, "row")) to mend.")
      }
      print("{\"added\":\(report.added),\"changed\":\(report.changed),\"unchanged\":\(report.unchanged),\"dry_run\":\(dryRun)}")
    }
  }

  struct Esco: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Read the official ESCO CSV files; a second import updates.", discussion: "Example: tandem import esco ./esco --data ./data"
    )
    @OptionGroup var common: CommonOptions
    @Argument(help: "Folder with skills_en.csv and, if wanted, occupations_en.csv and occupationSkillRelations_en.csv.") var folder: String
    @Option(help: "Language in the names of the files.") var language = "en"

    func run() async throws {
      let folder = URL(fileURLWithPath: folder)
      let language = language
      let report = try await common.withStore { store, _, _ in
        do {
          return try await EscoImport.run(folder: folder, language: language, store: store, world: .live) { report in
            Words.say("\(report.done) of \(report.total) rows")
          }
        } catch let unreadable as EscoFiles.Unreadable {
          throw Findings(description: unreadable.text)
        }
      }
      for part in report.parts {
        for refusal in part.refusals.prefix(20) { Words.say("\(part.name.rawValue): \(refusal.text)") }
        print(
          "{\"file\":\"\(part.name.rawValue)\",\"rows\":\(part.total),\"created\":\(part.created),\"updated\":\(part.updated),"
            + "\"unchanged\":\(part.unchanged),\"refused\":\(part.refused)}")
      }
    }
  }
}

extension Organisations {
  /// The first active administrator of an organisation: in whose name an import happens.
  static func administrator(of org: ID<Organisation>, _ tx: Transaction) throws -> Viewer {
    let id: ID<Person>? = try tx.value(
      """
      SELECT id FROM person WHERE org_id = \(org) AND state = 'active' AND (roles & \(Roles.admin.rawValue)) <> 0 ORDER BY id LIMIT 1
      """)
    guard let id, let person = try Addressee.find(id, org: org, tx) else {
      throw Problem.invalid("organisation", "It has no administrator yet. Make one: tandem admin create-member … --roles admin")
    }
    return person.viewer(.command)
  }
}
