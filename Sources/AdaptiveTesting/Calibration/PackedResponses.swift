/// Response patterns cut into short groups of items, each group one number of at most 256 values.
///
/// The likelihood of a pattern at the nodes is then one table look-up per group instead of one multiplication per item, and the
/// expected counts are gathered the same way back ("method of four Russians", Arlazarov et al. 1970): about eight times less
/// work for two categories.
struct PackedResponses {
  struct Group {
    /// The items of the group.
    let items: Range<Int>
    /// How many values each item can take: its categories, and one more when somebody gave no answer.
    let radix: [Int]
    /// Where the group's table begins, in rows.
    let start: Int
    /// How many rows its table has.
    let size: Int
  }
  let groups: [Group]
  /// Rows of all tables together.
  let tableRows: Int
  /// `codes[pattern * groups.count + group]`: a row of the tables.
  let codes: [Int32]

  init(_ table: ResponseTable) {
    var missing = [Bool](repeating: false, count: table.items)
    for row in table.rows { for (item, category) in row.enumerated() where category < 0 { missing[item] = true } }
    let radix = (0..<table.items).map { table.categories[$0] + (missing[$0] ? 1 : 0) }
    var groups: [Group] = []
    var item = 0
    var start = 0
    while item < table.items {
      let first = item
      var size = 1
      repeat {
        size *= radix[item]
        item += 1
      } while item < table.items && size * radix[item] <= 256
      groups.append(Group(items: first..<item, radix: Array(radix[first..<item]), start: start, size: size))
      start += size
    }
    var codes: [Int32] = []
    codes.reserveCapacity(groups.count * table.rows.count)
    for row in table.rows {
      for group in groups {
        var code = 0
        for (item, radix) in zip(group.items, group.radix).reversed() {
          code = code * radix + (row[item] < 0 ? radix - 1 : Int(row[item]))
        }
        codes.append(Int32(truncatingIfNeeded: group.start + code))
      }
    }
    self.groups = groups
    self.codes = codes
    tableRows = start
  }
}
