#pragma once
// What an organisation outside of all nodes answers on reports, as docs/province-interface.md has it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/report/types.h"

namespace anlan::edge::outside {

// Of one version of one report. `reason` is there where it was returned; `number`, `by` and `at` are what the other
// side says of its own book, and may each be missing.
struct Receipt {
  std::string report;
  std::int64_t version = 1;
  report::Decision decision = report::Decision::kAccepted;
  std::optional<std::string> reason, number, by;
  std::optional<Instant> at;
  static constexpr auto fields = std::tuple{field("report", &Receipt::report, 100),
                                            field("version", &Receipt::version, 1'000'000),
                                            field("decision", &Receipt::decision),
                                            field("reason", &Receipt::reason, 1000),
                                            field("number", &Receipt::number, 60),
                                            field("by", &Receipt::by, 60),
                                            field("at", &Receipt::at)};
};

// Receipts in the order in which they were given, and where the next asking begins.
struct Receipts {
  std::vector<Receipt> items;
  std::string next;            // empty: where this one began
  std::size_t unreadable = 0;  // of a list: passed over, so that those behind it are read
};

// Of bytes from anywhere; nullopt for what is none. What a post is answered, what an asking is, and what a file holds.
inline constexpr std::size_t kMostReceipts = 200, kMostReceiptBytes = 1 << 20;
std::optional<Receipts> receipts_in_answer(std::string_view body);
std::optional<Receipts> receipts_in_list(std::string_view body);
std::optional<Receipts> receipts_in_file(std::string_view body);

}  // namespace anlan::edge::outside
