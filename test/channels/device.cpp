// loudspeaker_device DEVICE SECRET: reads what comes under the device's topic, one payload a line in hexadecimal, and
// prints for each what a device makes of it and, after a blank, the answer that it gives, in hexadecimal too.

#include <fmt/format.h>

#include <iostream>

#include "edge/loudspeaker/command.h"
#include "platform/crypto/encoding.h"
#include "platform/machine/process.h"

namespace anlan {
namespace {

const char* name_of(edge::Judgement judgement) {
  static constexpr const char* kNames[] = {"play",   "repeated",  "expired", "replayed",
                                           "forged", "malformed", "not_mine"};
  return kNames[static_cast<std::size_t>(judgement)];
}

void run(const std::string& device, const std::string& secret) {
  const machine::SystemClock clock;
  edge::DeviceMemory memory;
  for (std::string line; std::getline(std::cin, line);) {
    const auto payload = crypto::from_hex(line).value_or(crypto::Bytes{});
    const auto judged = edge::judge(crypto::text_of(payload), device, secret, clock.now(), memory);
    std::string answer;
    if (!judged.result.empty()) {
      edge::Answer told;
      told.device = device;
      told.number = judged.command.number;
      told.key = judged.command.key;
      told.result = judged.result;
      told.at = clock.now();
      answer = crypto::to_hex(crypto::bytes_of(edge::signed_text(told, secret)));
    }
    std::cout << name_of(judged.judgement) << ' ' << answer << std::endl;
  }
}

}  // namespace
}  // namespace anlan

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  anlan::run(argv[1], argv[2]);
  return 0;
}
