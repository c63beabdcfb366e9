#pragma once
// For tests: a gateway that speaks CMPP by the codec's other half, and behaves as a test tells it.

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

#include "codec/cmpp/authenticator.h"
#include "codec/cmpp/pdu.h"
#include "codec/cmpp/report.h"
#include "codec/cmpp/text.h"

namespace anlan::edge {

class CmppPeer {
 public:
  // The connection that is served.
  struct Link {
    CmppPeer& peer;
    int socket, number;  // number from 0
    bool closed = false;

    void send(std::uint32_t sequence, const cmpp::Body& body) { raw(*cmpp::encode({sequence, body}, peer.version)); }
    void raw(std::string_view bytes) { ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
    void close() { closed = true; }
    // A submit accepted under an id of its own; a report of it.
    std::uint64_t accept(std::uint32_t sequence) {
      const std::uint64_t id = ++peer.ids;
      send(sequence, cmpp::SubmitResp{id, 0});
      return id;
    }
    void report(std::uint64_t id, const std::string& stat = "DELIVRD") {
      cmpp::Report told;
      told.msg_id = id;
      told.stat = stat;
      told.submit_time = told.done_time = "2611271200";
      cmpp::Deliver deliver;
      deliver.msg_id = ++peer.ids;
      deliver.registered_delivery = 1;
      deliver.msg_content = *cmpp::write_report(told, peer.version);
      send(++peer.sequence, deliver);
    }
  };
  using OnSubmit = std::function<void(Link&, std::uint32_t sequence, const cmpp::Submit&)>;

  CmppPeer(std::uint8_t protocol, std::string secret, OnSubmit on_submit)
      : version(protocol), secret_(std::move(secret)), on_submit_(std::move(on_submit)) {
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listening_, reinterpret_cast<sockaddr*>(&any), sizeof any);
    ::listen(listening_, 4);
    socklen_t size = sizeof any;
    ::getsockname(listening_, reinterpret_cast<sockaddr*>(&any), &size);
    port = ntohs(any.sin_port);
    thread_ = std::thread([this] { run(); });
  }
  ~CmppPeer() {
    stopping_ = true;
    ::shutdown(listening_, SHUT_RDWR);
    thread_.join();
    ::close(listening_);
  }

  // How often a text was submitted to a number: text by the address.
  std::map<std::string, int> submitted() {
    const std::lock_guard lock(mutex_);
    return submitted_;
  }

  const std::uint8_t version;
  std::uint16_t port = 0;
  std::atomic<int> connections = 0, refused = 0, answered_reports = 0, terminated = 0, questions = 0;
  std::uint64_t ids = 0x0102030405060000;
  std::uint32_t sequence = 1000;

 private:
  void run() {
    while (!stopping_) {
      const int socket = ::accept(listening_, nullptr, nullptr);
      if (socket < 0) return;
      const timeval wait{.tv_sec = 0, .tv_usec = 50'000};
      ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
      serve({*this, socket, connections++});
      ::close(socket);
    }
  }

  void serve(Link link) {
    auto frames = cmpp::frames();
    std::array<char, 4096> room;
    while (!stopping_ && !link.closed) {
      const auto size = ::recv(link.socket, room.data(), room.size(), 0);
      if (size == 0 || (size < 0 && errno != EAGAIN)) return;
      if (size > 0) frames.feed({room.data(), static_cast<std::size_t>(size)});
      while (!link.closed) {
        const auto octets = frames.next();
        ASSERT_TRUE(octets.ok());
        if (!octets->has_value()) break;
        const auto pdu = cmpp::decode(**octets, version);
        ASSERT_TRUE(pdu.ok()) << sms::sentence(pdu.error());
        std::visit([&](const auto& body) { hear(link, pdu->sequence_id, body); }, pdu->body);
      }
    }
  }

  void hear(Link& link, std::uint32_t at, const cmpp::Connect& connect) {
    cmpp::ConnectResp resp;
    resp.version = version;
    if (connect.authenticator_source != cmpp::authenticator_source(connect.source_addr, secret_, connect.timestamp)) {
      resp.status = 3;
      ++refused;
    }
    resp.authenticator_ismg = cmpp::authenticator_ismg(resp.status, connect.authenticator_source, secret_, version);
    link.send(at, resp);
    if (resp.status != 0) link.close();
  }
  void hear(Link& link, std::uint32_t at, const cmpp::Submit& submit) {
    {
      const std::lock_guard lock(mutex_);
      ++submitted_[submit.dest_terminal_id.at(0) + "/" + std::to_string(submit.pk_number)];
    }
    on_submit_(link, at, submit);
  }
  void hear(Link& link, std::uint32_t at, const cmpp::ActiveTest&) {
    ++questions;
    link.send(at, cmpp::ActiveTestResp{});
  }
  void hear(Link& link, std::uint32_t at, const cmpp::Terminate&) {
    ++terminated;
    link.send(at, cmpp::TerminateResp{});
  }
  void hear(Link&, std::uint32_t, const cmpp::DeliverResp&) { ++answered_reports; }
  void hear(Link&, std::uint32_t, const auto&) {}

  const std::string secret_;
  const OnSubmit on_submit_;
  const int listening_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::atomic<bool> stopping_ = false;
  std::mutex mutex_;
  std::map<std::string, int> submitted_;
  std::thread thread_;
};

}  // namespace anlan::edge
