import Kit
import Scheduling
import Store
import Web

/// What a program is called, what it is for and when it runs, as the forms that make and change one give it.
struct ProgramTerms {
  let name: String
  let template: Program.Template
  let purpose: String
  let startsOn: CivilDate
  let endsOn: CivilDate

  static let rules: [String: Rule] = ["name": .text(3...120), "purpose": .text(0...500), "starts_on": .date, "ends_on": .date]

  static let nameTaken = Problem.invalid("name", "A program has this name already. Add a year or a place.")

  init(name: String, template: Program.Template, purpose: String?, startsOn: String, endsOn: String) throws {
    guard let first = CivilDate(startsOn), let last = CivilDate(endsOn), first < last else {
      throw Problem.invalid("ends_on", "Choose a last day after the first.")
    }
    self.name = name.trimmed
    self.template = template
    self.purpose = (purpose ?? "").trimmed
    self.startsOn = first
    self.endsOn = last
  }

  /// What differs from the program as it is, by column.
  func changes(of program: Program) -> [(name: String, value: SQL)] {
    var changed: [(name: String, value: SQL)] = []
    if name != program.name { changed.append((name: "name", value: "name = \(name)")) }
    if template != program.template { changed.append((name: "template", value: "template = \(template)")) }
    if purpose != program.purpose { changed.append((name: "purpose", value: "purpose = \(purpose)")) }
    if startsOn != program.startsOn { changed.append((name: "starts_on", value: "starts_on = \(startsOn.description)")) }
    if endsOn != program.endsOn { changed.append((name: "ends_on", value: "ends_on = \(endsOn.description)")) }
    return changed
  }

  /// The fields of both forms.
  static func fields(
    name: String? = nil, template: Program.Template = .flash, startsOn: CivilDate, endsOn: CivilDate, purpose: String? = nil
  ) -> [Form.Field] {
    [
      .text("name", "Name", value: name, help: "“Onboarding buddies, spring 2027”.", max: 120),
      .choose(
        .radio, "template", "Template",
        Program.Template.allCases.map { Form.Option($0.rawValue, $0.words, help: $0.help, chosen: $0 == template) }),
      .text("starts_on", "First day", value: startsOn.description, type: "date"),
      .text("ends_on", "Last day", value: endsOn.description, type: "date"),
      .area("purpose", "What is it for?", value: purpose, rows: 3, optional: true, max: 500),
    ]
  }
}
