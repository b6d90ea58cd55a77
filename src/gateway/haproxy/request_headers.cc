#include "gateway/haproxy/request_headers.h"

#include "gateway/haproxy/text.h"

namespace everseal::gateway::haproxy {
namespace {

void add_forwarded_for(const LoadBalancer& balancer, std::vector<std::string>& all) {
  const std::string client = balancer.forwarded_client_port ? "%[src]:%[src_port]" : "%[src]";
  switch (balancer.forwarded_for) {
    case ForwardedFor::Preserve:
      return;
    case ForwardedFor::Remove:
      all.emplace_back("http-request del-header X-Forwarded-For");
      return;
    case ForwardedFor::Append:
      all.emplace_back("http-request set-var(txn.given) req.fhdr_cnt(x-forwarded-for)");
      all.push_back("http-request add-header X-Forwarded-For " + client +
                    " unless { var(txn.given) -m int 1 }");
      all.push_back("http-request set-header X-Forwarded-For '%[req.fhdr(x-forwarded-for)], " +
                    client + "' if { var(txn.given) -m int 1 }");
  }
}

void add_host(const LoadBalancer& balancer, const Listener& listener,
              std::vector<std::string>& all) {
  if (balancer.preserve_host) return;
  const bool is_usual = listener.port == 80 || listener.port == 443;
  all.push_back("http-request set-header Host %[req.hdr(host),host_only]" +
                (is_usual ? "" : ":" + std::to_string(listener.port)) +
                " if { req.hdr(host) -m found }");
}

// A WebSocket is the only other protocol: through HTTP/2 without TLS, a client would say what it
// wants to a target. Nor does it name headers that are for the next server alone.
void add_upgrade(std::vector<std::string>& all) {
  const std::string if_web_socket = " if { var(txn.web_socket) -m bool }";
  all.emplace_back(
      "http-request set-var(txn.web_socket) bool(true) if"
      " { req.hdr(connection) -m str -i upgrade } { req.hdr(upgrade) -m str -i websocket }");
  all.emplace_back("http-request del-header '^(connection|upgrade)$' -m reg");
  all.push_back("http-request set-header Connection upgrade" + if_web_socket);
  all.push_back("http-request set-header Upgrade websocket" + if_web_socket);
}

}  // namespace

std::vector<std::string> tracing_lines() {
  return {// Unique by the connection's own id and what is drawn for the request.
          "http-request set-var-fmt(txn.trace) 1-%[date,hex,bytes(8,8),lower]-"
          "%[var(sess.tid),bytes(0,16)]%[rand,hex,bytes(8,8),lower]",
          "http-request set-var-fmt(txn.traced) "
          "'Self=%[var(txn.trace)];%[req.fhdr(x-amzn-trace-id),regsub(\"Self=[^;]*;?\",)]'"
          " if { req.hdr(x-amzn-trace-id) -m sub Root= }",
          "http-request set-var-fmt(txn.traced) Root=%[var(txn.trace)]"
          " unless { var(txn.traced) -m found }"};
}

std::vector<std::string> forwarding_lines(const LoadBalancer& balancer, const Listener& listener) {
  const std::string port = std::to_string(listener.port);
  std::vector<std::string> all = {
      std::string("http-request set-header X-Forwarded-Proto ") + (listener.tls ? "https" : "http"),
      "http-request set-header X-Forwarded-Port " + port,
      "http-request set-header X-Amzn-Trace-Id %[var(txn.traced)]"};
  all.push_back("http-request set-var(txn.idle) int(" +
                std::to_string(balancer.idle_timeout.count() * 1000) + ")");
  if (balancer.drops_invalid_headers) {
    all.emplace_back("http-request del-header '[^A-Za-z0-9-]' -m reg");
  }
  add_upgrade(all);
  add_forwarded_for(balancer, all);
  add_host(balancer, listener, all);
  if (balancer.tls_headers && listener.tls) {
    const auto set = [&](const std::string& name, const std::string& value) {
      all.push_back("http-request set-header " + as_word(name) + " " + value);
    };
    set(listener.tls->headers.version, "%[ssl_fc_protocol]");
    set(listener.tls->headers.cipher_suite, "%[ssl_fc_cipher]");
  }
  return all;
}

}  // namespace everseal::gateway::haproxy
