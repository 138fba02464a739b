//! The rules of each holiday calendar: a plain table, with its sources.

use jiff::civil::Weekday::{self, Monday, Thursday, Wednesday};

/// How to find a holiday's day in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// Month and day.
    Fixed(i8, i8),
    /// Days after Easter Sunday.
    Easter(i64),
    /// Month, which one (1 = first, -1 = last), weekday.
    Nth(i8, i8, Weekday),
    /// The last such weekday before a month and day.
    Before(i8, i8, Weekday),
    /// Month and day, or the day before when that is a Sunday.
    NotSunday(i8, i8),
    /// The month's first Monday, or its first day when that is a Friday.
    FirstMondayUnlessFriday(i8),
    /// Every so many years from the holiday's first: period, month, day.
    EveryYears(i16, i8, i8),
    /// Days after the Hebrew New Year.
    NewYear(i64),
    /// Days after the first day of Passover.
    Passover(i64),
    /// Israel's Independence Day.
    IsraelIndependence,
}

/// Where a holiday moves that falls on a weekend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shift {
    /// Nowhere.
    None,
    /// Saturday to Friday, Sunday to Monday.
    NearestWorkday,
    /// To the next Monday.
    NextMonday,
    /// Two days on: Christmas Day and Boxing Day leave a weekend together this way, Saturday to
    /// Monday and Sunday to Tuesday, and never land on each other.
    TwoDaysOn,
}

/// One holiday of a calendar, with the years it is kept in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Holiday {
    pub name: &'static str,
    pub rule: Rule,
    pub shift: Shift,
    pub first: i16,
    pub last: i16,
}

/// A named calendar: one or more tables together.
#[derive(Debug)]
pub(super) struct Calendar {
    pub name: &'static str,
    pub tables: &'static [&'static [Holiday]],
}

const fn on(name: &'static str, rule: Rule) -> Holiday {
    Holiday {
        name,
        rule,
        shift: Shift::None,
        first: 2000,
        last: 9999,
    }
}

impl Holiday {
    const fn since(self, first: i16) -> Holiday {
        Holiday { first, ..self }
    }
    const fn until(self, last: i16) -> Holiday {
        Holiday { last, ..self }
    }
    const fn only(self, year: i16) -> Holiday {
        self.since(year).until(year)
    }
    const fn moves(self, shift: Shift) -> Holiday {
        Holiday { shift, ..self }
    }
}

use Rule::{
    Before, Easter, EveryYears, FirstMondayUnlessFriday, Fixed, IsraelIndependence, NewYear,
    NotSunday, Nth, Passover,
};

const NEW_YEAR: Holiday = on("New Year's Day", Fixed(1, 1));
const EPIPHANY: Holiday = on("Epiphany", Fixed(1, 6));
const GOOD_FRIDAY: Holiday = on("Good Friday", Easter(-2));
const EASTER_SUNDAY: Holiday = on("Easter Sunday", Easter(0));
const EASTER_MONDAY: Holiday = on("Easter Monday", Easter(1));
const LABOUR_DAY: Holiday = on("Labour Day", Fixed(5, 1));
const ASCENSION: Holiday = on("Ascension Day", Easter(39));
const WHIT_SUNDAY: Holiday = on("Whit Sunday", Easter(49));
const WHIT_MONDAY: Holiday = on("Whit Monday", Easter(50));
const CORPUS_CHRISTI: Holiday = on("Corpus Christi", Easter(60));
const ASSUMPTION: Holiday = on("Assumption Day", Fixed(8, 15));
const ALL_SAINTS: Holiday = on("All Saints' Day", Fixed(11, 1));
const IMMACULATE: Holiday = on("Immaculate Conception", Fixed(12, 8));
const CHRISTMAS: Holiday = on("Christmas Day", Fixed(12, 25));
const SECOND_CHRISTMAS: Holiday = on("Second Day of Christmas", Fixed(12, 26));
const REFORMATION: Holiday = on("Reformation Day", Fixed(10, 31));
const WOMENS_DAY: Holiday = on("International Women's Day", Fixed(3, 8));

/// Germany, all states: unification treaty art. 2 (3 October) and the states' holiday acts.
const DE: &[Holiday] = &[
    NEW_YEAR,
    GOOD_FRIDAY,
    EASTER_MONDAY,
    LABOUR_DAY,
    ASCENSION,
    WHIT_MONDAY,
    on("German Unity Day", Fixed(10, 3)),
    CHRISTMAS,
    SECOND_CHRISTMAS,
];
// The states' own days, each by that state's Sunday and holiday act (Feiertagsgesetz). Days kept
// in some municipalities only (Augsburg's Peace Festival, Assumption in Catholic parts of Bavaria,
// Corpus Christi in parts of Saxony and Thuringia) are left out.
const BW: &[Holiday] = &[EPIPHANY, CORPUS_CHRISTI, ALL_SAINTS];
const BE: &[Holiday] = &[
    WOMENS_DAY.since(2019),
    on("Liberation Day", Fixed(5, 8)).only(2020),
    on("Liberation Day", Fixed(5, 8)).only(2025),
    on("Anniversary of 17 June 1953", Fixed(6, 17)).only(2028),
];
const BB: &[Holiday] = &[EASTER_SUNDAY, WHIT_SUNDAY, REFORMATION];
const NORTH: &[Holiday] = &[REFORMATION.since(2018)]; // HB, HH, NI, SH
const HE: &[Holiday] = &[CORPUS_CHRISTI];
const MV: &[Holiday] = &[WOMENS_DAY.since(2023), REFORMATION];
const RHINE: &[Holiday] = &[CORPUS_CHRISTI, ALL_SAINTS]; // NW, RP
const SL: &[Holiday] = &[CORPUS_CHRISTI, ASSUMPTION, ALL_SAINTS];
const SN: &[Holiday] = &[REFORMATION, on("Repentance Day", Before(11, 23, Wednesday))];
const ST: &[Holiday] = &[EPIPHANY, REFORMATION];
const TH: &[Holiday] = &[
    on("World Children's Day", Fixed(9, 20)).since(2019),
    REFORMATION,
];

/// Austria: Arbeitsruhegesetz section 7 (2).
const AT: &[Holiday] = &[
    NEW_YEAR,
    EPIPHANY,
    EASTER_MONDAY,
    LABOUR_DAY,
    ASCENSION,
    WHIT_MONDAY,
    CORPUS_CHRISTI,
    ASSUMPTION,
    on("National Day", Fixed(10, 26)),
    ALL_SAINTS,
    IMMACULATE,
    CHRISTMAS,
    SECOND_CHRISTMAS,
];

/// Spain: Real Decreto 2001/1983 art. 45; the days kept in every community. Regional and local
/// days, and the Mondays some communities give for a Sunday, are left out.
const ES: &[Holiday] = &[
    NEW_YEAR,
    EPIPHANY,
    GOOD_FRIDAY,
    LABOUR_DAY,
    ASSUMPTION,
    on("National Day", Fixed(10, 12)),
    ALL_SAINTS,
    on("Constitution Day", Fixed(12, 6)),
    IMMACULATE,
    CHRISTMAS,
];

/// France: Code du travail L3133-1. Alsace-Moselle's two further days are left out.
const FR: &[Holiday] = &[
    NEW_YEAR,
    EASTER_MONDAY,
    LABOUR_DAY,
    on("Victory Day", Fixed(5, 8)),
    ASCENSION,
    WHIT_MONDAY,
    on("Bastille Day", Fixed(7, 14)),
    ASSUMPTION,
    ALL_SAINTS,
    on("Armistice Day", Fixed(11, 11)),
    CHRISTMAS,
];

/// England and Wales: Banking and Financial Dealings Act 1971 and royal proclamations
/// (gov.uk/bank-holidays), from 2020 on.
const GB: &[Holiday] = &[
    NEW_YEAR.moves(Shift::NextMonday),
    GOOD_FRIDAY,
    EASTER_MONDAY,
    on("Early May bank holiday", Fixed(5, 8)).only(2020),
    on("Early May bank holiday", Nth(5, 1, Monday)).since(2021),
    on("Spring bank holiday", Nth(5, -1, Monday)).until(2021),
    on("Spring bank holiday", Fixed(6, 2)).only(2022),
    on("Platinum Jubilee bank holiday", Fixed(6, 3)).only(2022),
    on("State Funeral of Queen Elizabeth II", Fixed(9, 19)).only(2022),
    on("Coronation of King Charles III", Fixed(5, 8)).only(2023),
    on("Spring bank holiday", Nth(5, -1, Monday)).since(2023),
    on("Summer bank holiday", Nth(8, -1, Monday)),
    CHRISTMAS.moves(Shift::TwoDaysOn),
    on("Boxing Day", Fixed(12, 26)).moves(Shift::TwoDaysOn),
];

/// Ireland: Organisation of Working Time Act 1997, schedule 2, with S.I. 50 of 2022.
const IE: &[Holiday] = &[
    NEW_YEAR,
    on("Saint Brigid's Day", FirstMondayUnlessFriday(2)).since(2023),
    on("Saint Patrick's Day", Fixed(3, 17)),
    on("Day of Remembrance", Fixed(3, 18)).only(2022),
    EASTER_MONDAY,
    on("May Day", Nth(5, 1, Monday)),
    on("June Holiday", Nth(6, 1, Monday)),
    on("August Holiday", Nth(8, 1, Monday)),
    on("October Holiday", Nth(10, -1, Monday)),
    CHRISTMAS,
    on("Saint Stephen's Day", Fixed(12, 26)),
];

/// Israel: Days of Rest Ordinance 1948 and Independence Day Law 1949. A day begins at sunset of
/// the day before; the calendar names the civil date of its daylight.
const IL: &[Holiday] = &[
    on("Passover", Passover(0)),
    on("Seventh Day of Passover", Passover(6)),
    on("Independence Day", IsraelIndependence),
    on("Shavuot", Passover(50)),
    on("Rosh Hashanah", NewYear(0)),
    on("Second Day of Rosh Hashanah", NewYear(1)),
    on("Yom Kippur", NewYear(9)),
    on("Sukkot", NewYear(14)),
    on("Shemini Atzeret", NewYear(21)),
];

/// Mexico: Ley Federal del Trabajo art. 74 (as amended 2024 for the change of government).
const MX: &[Holiday] = &[
    NEW_YEAR,
    on("Constitution Day", Nth(2, 1, Monday)),
    on("Benito Juárez's Birthday", Nth(3, 3, Monday)),
    LABOUR_DAY,
    on("Independence Day", Fixed(9, 16)),
    on("Change of Government", EveryYears(6, 10, 1)).since(2024),
    on("Revolution Day", Nth(11, 3, Monday)),
    CHRISTMAS,
];

/// Netherlands: Algemene termijnenwet art. 3; Liberation Day as a day off every five years.
const NL: &[Holiday] = &[
    NEW_YEAR,
    EASTER_SUNDAY,
    EASTER_MONDAY,
    on("King's Day", NotSunday(4, 27)).since(2014),
    on("Liberation Day", EveryYears(5, 5, 5)),
    ASCENSION,
    WHIT_SUNDAY,
    WHIT_MONDAY,
    CHRISTMAS,
    SECOND_CHRISTMAS,
];

/// Philippines: the fixed regular and special days of Republic Acts 9492, 9256 and 10966. What is
/// proclaimed year by year is left out: the two Eids (RA 9177 and 9849), Chinese New Year, added
/// days, and the moving of a day to a Monday.
const PH: &[Holiday] = &[
    NEW_YEAR,
    on("Maundy Thursday", Easter(-3)),
    GOOD_FRIDAY,
    on("Black Saturday", Easter(-1)),
    on("Day of Valor", Fixed(4, 9)),
    LABOUR_DAY,
    on("Independence Day", Fixed(6, 12)),
    on("Ninoy Aquino Day", Fixed(8, 21)),
    on("National Heroes Day", Nth(8, -1, Monday)),
    ALL_SAINTS,
    on("Bonifacio Day", Fixed(11, 30)),
    IMMACULATE.since(2018),
    CHRISTMAS,
    on("Rizal Day", Fixed(12, 30)),
    on("Last Day of the Year", Fixed(12, 31)),
];

/// Poland: act on non-working days of 18 January 1951, Christmas Eve from 2025.
const PL: &[Holiday] = &[
    NEW_YEAR,
    EPIPHANY.since(2011),
    EASTER_SUNDAY,
    EASTER_MONDAY,
    LABOUR_DAY,
    on("Constitution Day", Fixed(5, 3)),
    WHIT_SUNDAY,
    CORPUS_CHRISTI,
    ASSUMPTION,
    ALL_SAINTS,
    on("Independence Day", Fixed(11, 11)),
    on("Christmas Eve", Fixed(12, 24)).since(2025),
    CHRISTMAS,
    SECOND_CHRISTMAS,
];

/// Portugal: Código do Trabalho art. 234 (four days restored from 2016).
const PT: &[Holiday] = &[
    NEW_YEAR,
    GOOD_FRIDAY,
    EASTER_SUNDAY,
    on("Freedom Day", Fixed(4, 25)),
    LABOUR_DAY,
    CORPUS_CHRISTI.since(2016),
    on("Portugal Day", Fixed(6, 10)),
    ASSUMPTION,
    on("Republic Day", Fixed(10, 5)).since(2016),
    ALL_SAINTS.since(2016),
    on("Restoration of Independence", Fixed(12, 1)).since(2016),
    IMMACULATE,
    CHRISTMAS,
];

/// United States, federal: 5 U.S.C. 6103; days in lieu of weekends by Executive Order 11582.
const US: &[Holiday] = &[
    NEW_YEAR.moves(Shift::NearestWorkday),
    on("Martin Luther King Jr. Day", Nth(1, 3, Monday)),
    on("Washington's Birthday", Nth(2, 3, Monday)),
    on("Memorial Day", Nth(5, -1, Monday)),
    on("Juneteenth", Fixed(6, 19))
        .since(2021)
        .moves(Shift::NearestWorkday),
    on("Independence Day", Fixed(7, 4)).moves(Shift::NearestWorkday),
    on("Labor Day", Nth(9, 1, Monday)),
    on("Columbus Day", Nth(10, 2, Monday)),
    on("Veterans Day", Fixed(11, 11)).moves(Shift::NearestWorkday),
    on("Thanksgiving", Nth(11, 4, Thursday)),
    CHRISTMAS.moves(Shift::NearestWorkday),
];

const fn calendar(name: &'static str, tables: &'static [&'static [Holiday]]) -> Calendar {
    Calendar { name, tables }
}

/// Every calendar by name; the first is the empty one.
pub(super) static CALENDARS: &[Calendar] = &[
    calendar("none", &[]),
    calendar("AT", &[AT]),
    calendar("DE", &[DE]),
    calendar("DE-BB", &[DE, BB]),
    calendar("DE-BE", &[DE, BE]),
    calendar("DE-BW", &[DE, BW]),
    calendar("DE-BY", &[DE, BW]),
    calendar("DE-HB", &[DE, NORTH]),
    calendar("DE-HE", &[DE, HE]),
    calendar("DE-HH", &[DE, NORTH]),
    calendar("DE-MV", &[DE, MV]),
    calendar("DE-NI", &[DE, NORTH]),
    calendar("DE-NW", &[DE, RHINE]),
    calendar("DE-RP", &[DE, RHINE]),
    calendar("DE-SH", &[DE, NORTH]),
    calendar("DE-SL", &[DE, SL]),
    calendar("DE-SN", &[DE, SN]),
    calendar("DE-ST", &[DE, ST]),
    calendar("DE-TH", &[DE, TH]),
    calendar("ES", &[ES]),
    calendar("FR", &[FR]),
    calendar("GB", &[GB]),
    calendar("IE", &[IE]),
    calendar("IL", &[IL]),
    calendar("MX", &[MX]),
    calendar("NL", &[NL]),
    calendar("PH", &[PH]),
    calendar("PL", &[PL]),
    calendar("PT", &[PT]),
    calendar("US", &[US]),
];
