#pragma once
// An account that is signed in at a running node and sends it commands, for any bench or test that drives one from
// outside.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace anlan::bench {

class Desk {
 public:
  static Result<Desk> sign_in(std::uint16_t port, const std::string& account, const std::string& password);

  // A whole request, ready to be sent.
  std::string command(std::string_view target, std::string_view body, std::string_view key) const;
  std::string get(std::string_view target) const;
  // A report taken down at the desk; `key` stands in its summary too.
  std::string take_down(std::string_view key) const;
  std::string note(const std::string& incident, std::string_view text, std::string_view key) const;
  // The ids of as many new incidents.
  Result<std::vector<std::string>> open_incidents(std::uint16_t port, int count) const;

 private:
  explicit Desk(std::string cookie) : cookie_(std::move(cookie)) {}
  std::string cookie_;  // "Cookie: …\r\n"
};

// The text or number behind `"name":` in an answer; empty where there is none.
std::string member(std::string_view answer, std::string_view name);

}  // namespace anlan::bench
