#pragma once
// Delivery receipts: the text of appendix B and the optional parameters that say the same (§5.3.2.12, 28, 31).

#include <optional>
#include <string>
#include <string_view>

#include "codec/smpp/pdu.h"
#include "codec/sms/delivery.h"

namespace anlan::smpp {

struct Receipt {
  // As the message centre writes it. Some write in receipts the decimal of what submit_sm_resp had in hexadecimal.
  std::string message_id;
  sms::Delivery delivery = sms::Delivery::kOther;
  std::string stat;                    // the word of the text, as written; empty where there is none
  std::string error;                   // "err" of the text, else the code of network_error_code in decimal
  std::string submit_date, done_date;  // YYMMDDhhmm, or with seconds; the zone is the message centre's
  bool operator==(const Receipt&) const = default;
};

// §5.2.12: whether esm_class says that a deliver_sm is a receipt or an intermediate notification.
bool is_receipt(const DeliverSm&);

// Where both are there the parameters count, for the text has a form of each vendor's. Keys of either case and in any
// order are known, those that are not are passed over. Without an identifier, or without any word or number of what
// became of the message, it is a fault (kStructure).
sms::Coded<Receipt> read_receipt(const DeliverSm&);

// Makes `deliver` a receipt, in text and parameters; `text` are the first characters of the message. kOther is written
// by its `stat` alone.
void write_receipt(const Receipt&, std::string_view text, DeliverSm& deliver);

}  // namespace anlan::smpp
