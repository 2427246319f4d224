/// Notes of our own about invented organisations (`Examples/entities.yaml` knows them).
enum Notes {
  static let layoff = """
    ---
    title: Northwind cuts deep
    date: 2026-02-20
    publisher: The Harbour Ledger
    ---

    # Northwind cuts deep

    Northwind Labs laid off 240 people on 19 February 2026.

    """

  static let smallerLayoff = layoff.replacing("240", with: "90")

  static let nothing = """
    ---
    title: Weather
    date: 2026-02-20
    ---

    It rained all day, and the harbour was quiet.

    """

  static let abandonment = """
    ---
    title: Aurora 3 dropped
    date: 2026-04-09
    publisher: The Harbour Ledger
    ---

    Northwind Labs has abandoned Aurora 3.

    """
}
