import ArgumentParser
import Features
import Foundation
import Kit
import Outside
import Store
import Web

struct Admin: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make organisations, members, tokens and setup links without a browser.",
    discussion: "Example: tandem admin create-member ann@example.org --name Ann --organisation acme --roles mentor",
    subcommands: [
      CreateOrganisationCommand.self, CreateMemberCommand.self, TokenCommand.self, SetupLinkCommand.self, EndSessions.self, AdoptKey.self,
    ])
}

struct CreateOrganisationCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create-organisation", abstract: "Make an organisation; prints its id and its word.",
    discussion: "Example: tandem admin create-organisation \"Acme\" --zone Europe/Berlin")
  @OptionGroup var common: CommonOptions
  @Argument(help: "Its name.") var name: String
  @Option(help: "IANA zone.") var zone = "UTC"

  func run() async throws {
    try await common.withStore(creating: true) { store, _, _ in
      guard Zones.isKnown(zone) else { throw Problem.invalid("zone", "\(zone) is not a zone such as Europe/Berlin.") }
      let create = CreateOrganisation(name: name, zone: zone)
      let (id, slug) = try await store.write { tx in
        let id = try create(tx, .live)
        return (id, try tx.value("SELECT slug FROM organisation WHERE id = \(id)", as: String.self) ?? "")
      }
      print("{\"id\":\"\(id)\",\"slug\":\"\(slug)\"}")
    }
  }
}

struct CreateMemberCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create-member", abstract: "Make a member; prints the id.",
    discussion: "Example: tandem admin create-member ann@example.org --name Ann --organisation acme --roles mentor")
  @OptionGroup var common: CommonOptions
  @Argument(help: "E-mail address.") var email: String
  @Option(help: "Name.") var name: String
  @Option(help: "Id or word of the organisation.") var organisation: String
  @Option(help: "Roles beside member, comma-separated: mentor, manager, editor, admin.") var roles = ""
  @Option(help: "IANA zone; by default the organisation's.") var zone: String?
  @Option(help: "Job title.") var title = ""
  @Option(help: "Department.") var department = ""
  @Flag(help: "Read a password from standard input.") var passwordStdin = false

  func run() async throws {
    guard let held = Roles(words: roles.split(separator: ",").map { $0.trimmed }) else {
      throw Problem.invalid("roles", "Use mentor, manager, editor, admin.")
    }
    guard (try? EmailAddress(email.trimmed)) != nil else {
      throw Problem.invalid("email", "\(email) is not an address such as ann@example.org.")
    }
    guard !self.name.trimmed.isEmpty else { throw Problem.invalid("name", "Give a name.") }
    if let zone, !Zones.isKnown(zone) { throw Problem.invalid("zone", "\(zone) is not a zone such as Europe/Berlin.") }
    let password = passwordStdin ? Secret(readLine(strippingNewline: true) ?? "") : nil
    try await common.withStore { store, _, _ in
      let (name, organisation, email, zone, title, department) = (name, organisation, email, zone, title, department)
      // Hashing takes a while and may refuse: both come before anything is written.
      let hash: PasswordHash?
      if let password {
        let named = try await store.read { tx in try Organisations.find(organisation, tx).name(tx) }
        hash = try await Password.hash(password, name: name, email: email, organisation: named, .live)
      } else {
        hash = nil
      }
      let id = try await store.write { tx in
        let org = try Organisations.find(organisation, tx)
        var create = CreateMember(email: email, name: name, zone: try zone ?? org.zone(tx))
        create.roles = held.union(.member)
        create.title = title
        create.department = department
        let id = try create(tx, org: org.id, by: nil, origin: "command", .live)
        if let hash { try Password.store(hash, org: org.id, person: id, tx, .live) }
        return id
      }
      print("{\"id\":\"\(id)\"}")
    }
  }
}

struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Make an API token for a member; prints it once.",
    discussion: "Example: tandem admin token ann@example.org --organisation acme --name reports --scopes programs:read,members:read")
  @OptionGroup var common: CommonOptions
  @Argument(help: "E-mail address of the member.") var email: String
  @Option(help: "Id or word of the organisation.") var organisation: String
  @Option(help: "What the token is for.") var name = "command line"
  @Option(help: "Scopes such as asks:read, comma-separated; * is everything the member may do.") var scopes = "*"
  @Option(help: "Days until it ends, at most 365.") var days = 90

  func run() async throws {
    try await common.withStore { store, _, _ in
      let (email, organisation, name, days) = (email, organisation, name, days)
      let scopes = scopes.split(separator: ",").map { $0.trimmed }
      let token = try await store.write { tx in
        let org = try Organisations.find(organisation, tx).id
        guard
          let person: ID<Person> = try tx.value(
            "SELECT id FROM person WHERE org_id = \(org) AND email = \(email.lowercased()) AND state = 'active'")
        else { throw Problem.invalid("email", "There is no active member \(email).") }
        return try ApiToken.create(person, org: org, name: name, scopes: scopes, days: days, tx, .live)
      }
      print(token)
    }
  }
}

struct SetupLinkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "setup-link", abstract: "Make a new link for the first administrator.",
    discussion: "Example: tandem admin setup-link --data ./data")
  @OptionGroup var common: CommonOptions

  func run() async throws {
    try await common.withStore(creating: true) { store, configuration, _ in
      let path = try await store.write { tx in try SetupLink.make(tx, .live) }
      print(configuration.baseURL() + path)
    }
  }
}

struct EndSessions: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "end-sessions", abstract: "Sign a member out everywhere.",
    discussion: "Example: tandem admin end-sessions ann@example.org --organisation acme")
  @OptionGroup var common: CommonOptions
  @Argument(help: "E-mail address of the member.") var email: String
  @Option(help: "Id or word of the organisation.") var organisation: String

  func run() async throws {
    try await common.withStore { store, _, _ in
      let (email, organisation) = (email, organisation)
      try await store.write { tx in
        let org = try Organisations.find(organisation, tx).id
        guard let person: ID<Person> = try tx.value("SELECT id FROM person WHERE org_id = \(org) AND email = \(email.lowercased())") else {
          throw Problem.invalid("email", "There is no member \(email).")
        }
        try OperatorActs.endSessions(of: person, org: org, tx, .live)
      }
    }
  }
}

/// Finds an organisation by the id or word given on a command line.
enum Organisations {
  struct Found {
    let id: ID<Organisation>
    func zone(_ tx: Transaction) throws -> String { try tx.value("SELECT zone FROM organisation WHERE id = \(id)") ?? "UTC" }
    func name(_ tx: Transaction) throws -> String { try tx.value("SELECT name FROM organisation WHERE id = \(id)") ?? "" }
  }

  static func find(_ text: String, _ tx: Transaction) throws -> Found {
    if let id = ID<Organisation>(text), try tx.count("SELECT count(*) FROM organisation WHERE id = \(id)") == 1 { return Found(id: id) }
    guard let id: ID<Organisation> = try tx.value("SELECT id FROM organisation WHERE slug = \(text.lowercased())") else {
      throw Problem.invalid("organisation", "There is no organisation \(text).")
    }
    return Found(id: id)
  }
}

struct AdoptKey: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt-key",
    abstract: "Go on with the present secret key where the former one is lost: links in mails and the kept mail password end.",
    discussion: "Example: tandem admin adopt-key --data ./data")
  @OptionGroup var common: CommonOptions

  func run() async throws {
    try await common.withStore { store, configuration, _ in
      guard let secret = try configuration.knownSecret() else {
        throw Configuration.Fault(
          description:
            "No key is known here. Give the one to go on with as TANDEM_SERVER_SECRET_KEY_FILE, or name the data folder with --data.")
      }
      let keys = Keys(secret: secret)
      try await store.write { tx in try InstallationKey.adopt(keys, tx, .live) }
      Words.say("The present key is the installation's now. Give it to every server, and the password of the mail server anew.")
    }
  }
}
