#pragma once

#include <chrono>
#include <cstddef>

namespace everseal::http {

// What a client may ask of the server, and the answer when it asks for more.
struct Limits {
  std::size_t head_bytes = 32 * 1024;              // request line and headers: 431
  std::size_t headers = 256;                       // number of them: 431
  std::size_t connections = 8192;                  // open at once: 503 and closed
  std::size_t queued_requests = 1024;              // waiting for a worker: 503
  std::size_t buffered_bytes = 256 * 1024 * 1024;  // bodies of all requests together: 503

  std::chrono::milliseconds head{10'000};               // from first octet to last of a head: 408
  std::chrono::milliseconds body_idle{30'000};          // between two portions of a body: 408
  std::chrono::milliseconds whole_body{300'000};        // for all of a body taken as a whole: 408
  std::chrono::milliseconds streamed_body{21'600'000};  // for all of a streamed body: 408
  std::chrono::milliseconds keep_alive{75'000};         // between two requests: closed
  std::chrono::milliseconds write_idle{30'000};         // a client that takes no octet: closed
  std::chrono::milliseconds linger{2'000};              // for a refused client to read the answer
};

}  // namespace everseal::http
