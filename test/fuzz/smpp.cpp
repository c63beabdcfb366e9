// What a message centre, or whoever answers at its address, sends: see codec/smpp/pdu.h and codec/smpp/receipt.h.

#include "base/text.h"
#include "codec/smpp/receipt.h"
#include "codec/smpp/text.h"
#include "hostile.h"

namespace {

using namespace anlan;

void require_text(const smpp::ShortMessage& message) {
  for (const auto centre : {sms::Alphabet::kGsm, sms::Alphabet::kLatin1})
    if (const auto data = smpp::user_data(message))
      require(is_utf8(sms::decoded(data->octets, smpp::alphabet_of(message.data_coding, centre))),
              "whatever came is text");
}

void require_receipt(const smpp::DeliverSm& deliver) {
  const auto receipt = smpp::read_receipt(deliver);
  if (!receipt) return;
  require(!receipt->message_id.empty(), "a receipt names its message");
  if (receipt->message_id.find(' ') != std::string::npos) return;  // a parameter may hold one, the text may not
  smpp::DeliverSm again;
  smpp::write_receipt(*receipt, "", again);
  require(smpp::read_receipt(again).ok(), "what was read can be written");
}

void require_pdu(const std::string& octets) {
  const auto pdu = smpp::decode(octets);
  if (!pdu) {
    require(!pdu.error().field.empty() && !pdu.error().expected.empty(), "a fault names what is wrong");
    smpp::sequence_of(octets);
    return;
  }
  if (const auto* deliver = std::get_if<smpp::DeliverSm>(&pdu->body)) {
    require_text(*deliver);
    require_receipt(*deliver);
  }
  if (const auto* submit = std::get_if<smpp::SubmitSm>(&pdu->body)) require_text(*submit);
  const auto again = smpp::encode(*pdu);
  require(again.ok(), "whatever was read can be written");
  require(smpp::decode(*again).value() == *pdu, "and is read as it was");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto frames = smpp::frames();
  frames.feed(text_of(data, size));
  while (true) {
    const auto next = frames.next();
    if (!next) return require(next.error().kind == sms::FaultKind::kLength, "only a length ends a stream"), 0;
    if (!*next) return 0;
    require((*next)->size() >= smpp::kHeaderOctets && (*next)->size() <= smpp::kFrameLimit,
            "a frame is within its limits");
    require_pdu(**next);
  }
}
