import Store

/// Whether people of several organisations share this installation. Then what is one for all is changed on the server only, so that no
/// organisation decides for another. A demo is nobody's.
enum Neighbours {
  static func exist(_ tx: Transaction) throws -> Bool {
    try tx.count(
      """
      SELECT count(*) FROM organisation o WHERE EXISTS (SELECT 1 FROM person p WHERE p.org_id = o.id)
        AND NOT EXISTS (SELECT 1 FROM demo d WHERE d.demo_id = o.id)
      """) > 1
  }
}
