#include "platform/http/request_parser.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <optional>
#include <utility>

namespace anlan::http {

namespace beast = boost::beast;
using beast::error_code;
using beast::string_view;

namespace {

// A declared length alone does not make the server set aside more than this.
constexpr std::size_t kReservedBody = 65536;

}  // namespace

class RequestParser::Machine final : public beast::http::basic_parser<true> {
 public:
  Machine(std::size_t header_bytes, const BodyLimit& limit) : header_bytes_(header_bytes), limit_(limit) {
    body_limit(boost::none);  // Beast checks before the route is known; on_header_impl does it instead
    header_limit(static_cast<std::uint32_t>(header_bytes + 1));
    eager(true);
  }

  std::size_t feed(std::string_view bytes) {
    error_code error;
    std::size_t used = 0;
    // put() may stop after each element; it wants more only when it says so.
    while (used < bytes.size() && !is_done() && !error && !is_stub_of_chunk(bytes.size() - used))
      used += put(boost::asio::const_buffer(bytes.data() + used, bytes.size() - used), error);
    const std::size_t unused = bytes.size() - used;
    if (!is_header_done()) {
      header_used_ += used;
      if (header_used_ + unused > header_bytes_) failure_ = 431;
    } else if (!is_done() && unused > header_bytes_ && failure_ == 0) {
      failure_ = 400;  // a chunk's header or trailer without an end
    }
    if (error && error != beast::http::error::need_more && failure_ == 0)
      failure_ = error == beast::http::error::header_limit ? 431 : error == beast::http::error::bad_version ? 505 : 400;
    return used;
  }

  State state() const {
    if (failure_ != 0) return State::kFailed;
    if (is_done()) return State::kDone;
    return is_header_done() ? State::kBody : State::kHeader;
  }
  int failure() const { return failure_; }
  bool expects_continue() const { return expects_continue_; }
  bool keep_alive() const { return http11_ && basic_parser::keep_alive(); }
  Request& request() { return request_; }

 private:
  // A chunked body ends with five bytes at least, and Beast asserts that it sees them together once it has read
  // "0\r\n".
  bool is_stub_of_chunk(std::size_t left) const { return is_header_done() && chunked() && left < 5; }

  void fail(int status, error_code& error) {
    failure_ = status;
    error = beast::http::error::bad_value;
  }

  void on_request_impl(beast::http::verb, string_view method, string_view target, int version, error_code&) override {
    request_.method = method_of({method.data(), method.size()});
    request_.target.assign(target.data(), target.size());
    header_size_ = method.size() + target.size();
    http11_ = version == 11;
  }

  void on_response_impl(int, string_view, int, error_code&) override {}

  // Trailers come here too.
  void on_field_impl(beast::http::field name, string_view text, string_view value, error_code& error) override {
    using beast::http::field;
    if (in_trailer_) return;  // not to be mistaken for what the head said (RFC 9110 §6.5.1)
    header_size_ += text.size() + value.size();
    if (header_size_ > header_bytes_) return fail(431, error);
    if (name == field::transfer_encoding && !(http11_ && beast::iequals(value, "chunked"))) return fail(400, error);
    if (name == field::content_length && value.find(',') != string_view::npos) return fail(400, error);
    if (name == field::expect) {
      if (!beast::iequals(value, "100-continue")) return fail(417, error);
      expects_continue_ = http11_;
    }
    request_.headers.add({text.data(), text.size()}, {value.data(), value.size()});
  }

  void on_header_impl(error_code& error) override {
    in_trailer_ = true;
    const auto hosts = request_.headers.count("Host");
    if (hosts > 1 || (hosts == 0 && http11_)) return fail(400, error);
    if (request_.headers.count("Content-Length") > 1) return fail(400, error);
    auto target = http::parse_target(request_.target);
    if (!target) return fail(400, error);
    request_.path = std::move(target->path);
    request_.query = std::move(target->query);
    room_ = limit_(request_.method, request_.path);
    const auto length = content_length();
    if (length && *length > room_) return fail(413, error);
    if (length) request_.body.reserve(std::min(static_cast<std::size_t>(*length), kReservedBody));
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}

  std::size_t on_body_impl(string_view bytes, error_code& error) override {
    if (bytes.size() > room_ - request_.body.size()) {
      fail(413, error);
      return 0;
    }
    request_.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }

  // A chunk that will not fit is refused before its bytes come.
  void on_chunk_header_impl(std::uint64_t size, string_view, error_code& error) override {
    if (size > room_ - request_.body.size()) fail(413, error);
  }

  std::size_t on_chunk_body_impl(std::uint64_t, string_view bytes, error_code& error) override {
    return on_body_impl(bytes, error);
  }

  void on_finish_impl(error_code&) override {}

  const std::size_t header_bytes_;
  const BodyLimit& limit_;
  std::size_t header_used_ = 0, header_size_ = 0, room_ = 0;
  int failure_ = 0;
  bool http11_ = false, in_trailer_ = false, expects_continue_ = false;
  Request request_;
};

RequestParser::RequestParser(std::size_t header_bytes, const BodyLimit& limit)
    : machine_(std::make_unique<Machine>(header_bytes, limit)) {}
RequestParser::~RequestParser() = default;

std::size_t RequestParser::put(std::string_view bytes) { return machine_->feed(bytes); }
RequestParser::State RequestParser::state() const { return machine_->state(); }
int RequestParser::failure() const { return machine_->failure(); }
bool RequestParser::expects_continue() const { return machine_->expects_continue(); }
bool RequestParser::keep_alive() const { return machine_->keep_alive(); }
Request RequestParser::take() { return std::move(machine_->request()); }

}  // namespace anlan::http
