#pragma once
// A server on a loopback port of the system's choosing, whose answers a test writes as a function. For tests only.

#include <gtest/gtest.h>

#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "platform/http/client.h"
#include "platform/http/server.h"

namespace anlan::http {

class FunctionHandler final : public Handler {
 public:
  std::function<void(Request, Reply)> call;
  std::function<Response(int status, const Request&)> refuse = nullptr;
  std::function<std::string(const std::string& certificate)> holder = nullptr;
  std::size_t limit = 1000;

  void handle(Request request, Reply reply) override { call(std::move(request), std::move(reply)); }
  std::size_t body_limit(Method, std::string_view path) const override { return path == "/large" ? 1'000'000 : limit; }
  std::string holder_of(const std::string& certificate) override { return holder ? holder(certificate) : ""; }
  Response refusal(int status, const Request& heard) const override {
    return refuse ? refuse(status, heard) : Handler::refusal(status, heard);
  }
};

class ServerFixture : public testing::Test {
 protected:
  ServerFixture() {
    options.threads = 2;
    options.log = [this](std::string_view line) {
      const std::lock_guard lock(mutex_);
      lines_.emplace_back(line);
    };
  }

  void serve(std::function<void(Request, Reply)> call) {
    handler.call = std::move(call);
    server = std::make_unique<Server>(options, handler);
    auto bound = server->listen("127.0.0.1", 0);
    ASSERT_TRUE(bound) << bound.error().what;
    port = *bound;
  }

  // Answers every request with its method, path and body.
  void serve_echo() {
    serve([](Request request, Reply reply) {
      reply({.body = std::string(name_of(request.method)) + " " + request.path + " " + request.body});
    });
  }

  Client client(std::chrono::milliseconds patience = std::chrono::seconds(10)) const {
    return Client("127.0.0.1", port, patience);
  }

  // Status of the answer to raw bytes on a connection of their own; 0 when it was closed without one.
  int status_of(std::string_view bytes) const {
    auto raw = client();
    if (!raw.write(bytes)) return 0;
    auto response = raw.read_response();
    return response ? response->status : 0;
  }

  std::vector<std::string> logged() {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

  Options options;
  FunctionHandler handler;

 private:
  std::mutex mutex_;
  std::vector<std::string> lines_;

 protected:
  std::unique_ptr<Server> server;  // ends before what it writes to
  std::uint16_t port = 0;
};

}  // namespace anlan::http
