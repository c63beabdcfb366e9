#pragma once
// A list of contacts as a file: CSV (RFC 4180) in UTF-8, whose first line names the columns.

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/texts.h"
#include "contacts/contact.h"
#include "domain/division/division.h"

namespace anlan {

// A list of a city's whole population would be longer, and is no list of contacts.
inline constexpr std::int64_t kMostContactRows = 2'000'000;

// What is wrong with a line (from 1; 0 of the file as a whole): code of data/text/*.toml under [contact_fault], with
// the value at fault.
struct ContactFault {
  std::int64_t line = 0;
  std::string code, value;
};

// The columns are named as data/text/*.toml has them under [contact_column], in either language: reference, name,
// phone, mail, division (code), lng, lat, roles, hazards, vulnerabilities; the last three hold words with blanks or
// semicolons between them. Required are reference, division and one of phone, mail and device. Telephones
// become digits alone, without the 86 of this country. `take` gets each good line, and says false where its reference
// was there before. All faults are found, at most `kMostFaults`.
inline constexpr std::size_t kMostFaults = 200;
Result<std::vector<ContactFault>> read_contacts(const std::string& file, const Texts&, const division::Divisions&,
                                                const std::function<bool(const contacts::Contact&)>& take);

}  // namespace anlan
