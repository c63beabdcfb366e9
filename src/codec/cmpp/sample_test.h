#pragma once
// What the tests of this folder share.

#include <string>
#include <string_view>

#include "codec/cmpp/pdu.h"

namespace anlan::cmpp {

inline std::string octets_of(std::string_view hex) {
  std::string out;
  for (; hex.size() > 1; hex.remove_prefix(2))
    out += static_cast<char>(std::stoi(std::string(hex.substr(0, 2)), nullptr, 16));
  return out;
}

inline std::string hex_of(std::string_view octets) {
  std::string out;
  for (const char c : octets) {
    out += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
    out += "0123456789abcdef"[c & 15];
  }
  return out;
}

inline Submit sample_submit() {
  Submit submit;
  submit.service_id = "warn";
  submit.msg_src = "900001";
  submit.src_id = "10690001";
  submit.dest_terminal_id = {"13800000000", "13800000001"};
  submit.msg_content = "x";
  return submit;
}

}  // namespace anlan::cmpp
