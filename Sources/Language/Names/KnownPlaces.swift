/// Countries, states, regions and large cities, which need no gazetteer.
enum KnownPlaces {
  static let regions = wordList(
    """
    Afghanistan Albania Algeria Andorra Angola Argentina Armenia Australia Austria Azerbaijan Bahamas Bahrain Bangladesh Barbados
    Belarus Belgium Belize Benin Bhutan Bolivia Botswana Brazil Brunei Bulgaria Burundi Cambodia Cameroon Canada Chile China Colombia
    Congo Croatia Cuba Cyprus Denmark Djibouti Dominica Ecuador Egypt Eritrea Estonia Eswatini Ethiopia Fiji Finland France Gabon Gambia
    Germany Ghana Greece Greenland Grenada Guatemala Guinea Guyana Haiti Honduras Hungary Iceland India Indonesia Iran Iraq Ireland
    Israel Italy Jamaica Japan Kazakhstan Kenya Kiribati Kosovo Kuwait Kyrgyzstan Laos Latvia Lebanon Lesotho Liberia Libya
    Liechtenstein Lithuania Luxembourg Madagascar Malawi Malaysia Maldives Mali Malta Mauritania Mauritius Mexico Micronesia Moldova
    Monaco Mongolia Montenegro Morocco Mozambique Myanmar Namibia Nauru Nepal Netherlands Nicaragua Niger Nigeria Norway Oman Pakistan
    Palau Palestine Panama Paraguay Peru Philippines Poland Portugal Qatar Romania Russia Rwanda Samoa Senegal Serbia Seychelles
    Singapore Slovakia Slovenia Somalia Spain Sudan Suriname Sweden Switzerland Syria Taiwan Tajikistan Tanzania Thailand Togo Tonga
    Tunisia Türkiye Turkmenistan Tuvalu Uganda Ukraine Uruguay Uzbekistan Vanuatu Venezuela Vietnam Yemen Zambia Zimbabwe England
    Scotland Wales Britain Burma Czechia Macedonia Tibet Crimea Catalonia Bavaria Saxony Normandy Brittany Tuscany Sicily Sardinia
    Lombardy Andalusia Flanders Siberia Kurdistan Kashmir Punjab Gujarat Kerala Karnataka America Europe Asia Africa Antarctica Oceania
    Eurasia Scandinavia Balkans Caribbean Mediterranean Mesopotamia Alabama Alaska Arizona Arkansas California Colorado Connecticut
    Delaware Florida Hawaii Idaho Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota
    Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon Pennsylvania Tennessee Texas Utah Vermont Virginia Wisconsin
    Wyoming Ontario Quebec Manitoba Alberta Saskatchewan Newfoundland Labrador Yukon Queensland Victoria Tasmania
    """)

  static let cities = wordList(
    """
    London Paris Berlin Rome Madrid Vienna Brussels Amsterdam Rotterdam Copenhagen Stockholm Oslo Helsinki Reykjavik Dublin Edinburgh
    Glasgow Belfast Cardiff Manchester Liverpool Birmingham Leeds Sheffield Bristol Cambridge Oxford Munich Hamburg Frankfurt Cologne
    Stuttgart Düsseldorf Dresden Leipzig Hannover Nuremberg Bonn Zurich Geneva Basel Bern Lausanne Milan Naples Turin Florence Venice
    Bologna Genoa Palermo Barcelona Valencia Seville Bilbao Lisbon Porto Athens Thessaloniki Istanbul Ankara Izmir Moscow Petersburg
    Novosibirsk Kazan Kyiv Kiev Kharkiv Odesa Lviv Minsk Warsaw Krakow Gdansk Prague Brno Budapest Bucharest Sofia Belgrade Zagreb
    Sarajevo Ljubljana Bratislava Tallinn Riga Vilnius Marseille Lyon Toulouse Bordeaux Strasbourg Lille Nantes Grenoble Cairo
    Alexandria Jerusalem Haifa Beirut Damascus Baghdad Tehran Riyadh Jeddah Dubai Doha Kabul Islamabad Karachi Lahore Delhi Mumbai
    Bangalore Bengaluru Hyderabad Chennai Kolkata Pune Dhaka Colombo Kathmandu Bangkok Hanoi Jakarta Manila Beijing Shanghai Guangzhou
    Shenzhen Hangzhou Nanjing Wuhan Chengdu Chongqing Tianjin Xinjiang Taipei Hsinchu Tokyo Osaka Kyoto Yokohama Nagoya Fukuoka Sapporo
    Hiroshima Nagasaki Seoul Busan Pyongyang Sydney Melbourne Brisbane Perth Adelaide Canberra Auckland Wellington Christchurch Toronto
    Montreal Vancouver Ottawa Calgary Edmonton Winnipeg Halifax Washington Boston Chicago Houston Dallas Austin Philadelphia Phoenix
    Detroit Seattle Portland Denver Atlanta Miami Orlando Tampa Charlotte Nashville Memphis Baltimore Pittsburgh Cleveland Cincinnati
    Columbus Indianapolis Milwaukee Minneapolis Omaha Sacramento Oakland Honolulu Anchorage Albuquerque Tucson Brooklyn Manhattan Queens
    Bronx Harlem Hollywood Newark Buffalo Albany Rochester Syracuse Trenton Princeton Hartford Providence Raleigh Durham Richmond
    Norfolk Louisville Boulder Berkeley Pasadena Anaheim Fresno Havana Bogotá Bogota Lima Santiago Quito Caracas Brasília Montevideo
    Asunción Nairobi Lagos Abuja Accra Johannesburg Pretoria Durban Casablanca Marrakesh Tunis Tripoli Algiers Khartoum Kinshasa Kampala
    Harare Gaza Chernobyl Fukushima Hokkaido Okinawa Bali Java Sumatra Borneo Luzon Crete Rhodes Corsica Yorkshire Cornwall Devon Sussex
    Essex Surrey Westminster
    """
  )

  /// Written with several words, or with points.
  static let compound = """
    United States|United States of America|U.S.|U.S.A.|USA|US|United Kingdom|U.K.|UK|Great Britain|New Zealand|South Korea|North Korea
    |South Africa|Saudi Arabia|United Arab Emirates|UAE|Hong Kong|Sri Lanka|Costa Rica|El Salvador|Puerto Rico|Dominican Republic
    |Czech Republic|Ivory Coast|Sierra Leone|Burkina Faso|Papua New Guinea|Solomon Islands|Marshall Islands|San Marino|Vatican City
    |Bosnia and Herzegovina|Northern Ireland|Trinidad and Tobago|Antigua and Barbuda|Saint Lucia|East Timor|Cape Verde|Soviet Union
    |USSR|U.S.S.R.|West Germany|East Germany|New York|New York City|NYC|Los Angeles|L.A.|San Francisco|San Diego|San Jose|San Antonio
    |Las Vegas|Salt Lake City|Kansas City|Oklahoma City|St. Louis|New Orleans|Fort Worth|El Paso|Long Beach|Palm Beach|Santa Monica
    |Santa Barbara|Santa Cruz|Santa Fe|Baton Rouge|Ann Arbor|Little Rock|Des Moines|Washington, D.C.|Washington D.C.|Washington DC
    |D.C.|New Jersey|New Hampshire|New Mexico|North Carolina|South Carolina|North Dakota|South Dakota|West Virginia|Rhode Island
    |New England|Long Island|Staten Island|Cape Cod|British Columbia|Nova Scotia|New Brunswick|Prince Edward Island
    |Northwest Territories|New South Wales|South Australia|Western Australia|Northern Territory|New Delhi|Tel Aviv|Abu Dhabi
    |Kuala Lumpur|Ho Chi Minh City|Phnom Penh|Mexico City|Rio de Janeiro|São Paulo|Sao Paulo|Buenos Aires|Panama City|Guatemala City
    |Quezon City|Cape Town|Addis Ababa|Dar es Salaam|St. Petersburg|Saint Petersburg|Nizhny Novgorod|The Hague|Inner Mongolia
    |South Asia|East Asia|Southeast Asia|Central Asia|Western Europe|Eastern Europe|Central Europe|North America|South America
    |Central America|Latin America|Middle East|Far East|North Africa|West Africa|East Africa|Sub-Saharan Africa|Silicon Valley
    |Persian Gulf|Gulf of Mexico|Gaza Strip|West Bank|Golan Heights|South China Sea|Black Sea|Red Sea|Baltic Sea|North Sea|Caspian Sea
    |Atlantic Ocean|Pacific Ocean|Indian Ocean|Arctic Ocean|Great Lakes|Rocky Mountains|Wall Street|Capitol Hill|Times Square
    |Central Park|Los Alamos|Ala.|Ariz.|Ark.|Calif.|Colo.|Conn.|Fla.|Ga.|Ill.|Ind.|Kan.|Ky.|Mass.|Md.|Mich.|Minn.|Mont.|N.C.|N.D.|N.H.
    |N.J.|N.M.|N.Y.|Neb.|Nev.|Okla.|Ore.|Pa.|R.I.|S.C.|S.D.|Tenn.|Tex.|Va.|Vt.|W.Va.|W. Va.|Wis.|Wyo.|B.C.|Ont.|Que.|Bay Area
    |Downing Street|Fleet Street|West Coast|East Coast|Midwest|Addis Abeba|Hong Kong SAR|Macau|Guam|Bermuda|Gibraltar
    """.split(separator: "|").map { String($0.filter { $0 != "\n" }) }.map { $0.trimmingBlanks }

  static var all: [String] { regions + cities + compound }

  /// What may stand behind a town and a comma.
  static let containing: Set<String> = Set(regions).union(compound)
}

extension String {
  fileprivate var trimmingBlanks: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
