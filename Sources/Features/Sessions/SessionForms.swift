import Kit
import Web

/// The forms of a session's page.
struct SessionForms: Output {
  let book: Form?
  let place: Form?
  let point: Form?
  let note: Form?
  let ownNote: Form?

  /// - Parameter isOwnRefused: whether a refusal was of the private note. What was typed is shown again in the form whose address was
  ///   refused, so the two have different ones: private words never stand in the box of both.
  init(
    _ session: Session, _ phase: SessionPhase, _ notes: (shared: SessionNote, own: SessionNote)?, _ summary: SessionSummary,
    isOwnRefused: Bool
  ) {
    let path = "/sessions/\(session.id)"
    let with = firstName(summary.with.name)
    let place = Form.Field.text(
      "link", "Where do you meet?", value: session.link, help: "The address of a video call, a telephone number, a room.", optional: true,
      max: 300)
    book =
      phase == .held
      ? Form(
        "\(path)/book", button: "Book \(summary.start.time)", id: "book",
        [
          .area(
            "question", "What is it about?", value: session.question, help: "\(with) reads it beforehand. A sentence or two is enough.",
            rows: 3,
            optional: true, max: 2000), place,
        ]) : nil
    self.place = phase.hasAgenda ? Form("\(path)/place", button: "Save", id: "place", [place]) : nil
    point =
      phase.hasAgenda
      ? Form("\(path)/points", button: "Add point", id: "point", [.text("text", "Add a point to discuss", max: 300)]) : nil
    note = notes.map {
      Form(
        "\(path)/notes" + (isOwnRefused ? "?is_private=false" : ""), button: "Save notes", id: "notes",
        [
          .area(
            "text", "Notes of both", value: $0.shared.text, help: "\(with) reads and writes here too.", rows: 5, optional: true, max: 20_000
          )
        ])
    }
    ownNote = notes.map {
      Form(
        "\(path)/notes" + (isOwnRefused ? "" : "?is_private=true"), button: "Save private note", id: "own-note",
        [.area("text", "Private note", value: $0.own.text, help: "Only you read it.", rows: 3, optional: true, max: 20_000)])
    }
  }
}
