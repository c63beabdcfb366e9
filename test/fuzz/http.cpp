// Requests: however the bytes are cut into pieces, the parser comes to no other end. It may wait for the rest of a head
// that it refuses at once when it sees more of it.

#include <algorithm>

#include "hostile.h"
#include "platform/http/request_parser.h"

namespace {

using anlan::http::RequestParser;

constexpr std::size_t kHeaderLimit = 8192, kBodyLimit = 4096;

struct End {
  bool reached() const { return state == RequestParser::State::kDone || state == RequestParser::State::kFailed; }
  RequestParser::State state;
  int failure;
  std::size_t used;
  bool operator==(const End&) const = default;
};

// Bytes that are not used are presented again with `piece` more behind them.
End parse(std::string_view bytes, std::size_t piece) {
  const RequestParser::BodyLimit limit = [](anlan::http::Method, std::string_view) { return kBodyLimit; };
  RequestParser parser(kHeaderLimit, limit);
  using State = RequestParser::State;
  std::size_t used = 0, seen = 0;
  while (seen < bytes.size() && parser.state() != State::kDone && parser.state() != State::kFailed) {
    seen = std::min(bytes.size(), seen + piece);
    const std::size_t taken = parser.put(bytes.substr(used, seen - used));
    anlan::require(taken <= seen - used, "no more is used than was given");
    used += taken;
  }
  const State state = parser.state();
  const int failure = state == State::kFailed ? parser.failure() : 0;
  if (state == State::kDone) anlan::require(parser.take().body.size() <= kBodyLimit, "the limit of a body holds");
  return {state, failure, state == State::kDone ? used : 0};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes = anlan::text_of(data, size);
  const End whole = parse(bytes, bytes.size() + 1);
  anlan::require((whole.state == RequestParser::State::kFailed) == (whole.failure >= 400), "a failure has its status");
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}}) {
    const End pieces = parse(bytes, piece);
    anlan::require(!pieces.reached() || pieces == whole, "pieces do not matter");
    anlan::require(pieces.reached() || whole.state != RequestParser::State::kDone,
                   "a whole request is read to its end");
  }
  return 0;
}
