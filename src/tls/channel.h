#pragma once

#include <string>
#include <vector>

#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::tls {

// One end of a TLS connection without the socket: what came from the network goes in, what must go
// out to it comes out. The handshake happens on the way. Not thread-safe.
class Channel {
 public:
  virtual ~Channel() = default;

  // Takes octets from the network and appends what they say to `plain`. Malformed: the peer breaks
  // the protocol, or its certificate is not trusted; what `outgoing` then holds (an alert) may
  // still be sent.
  virtual Outcome receive(ByteView from_network, std::string& plain) = 0;

  // Encrypts. Before the handshake is done it is kept until then.
  virtual Outcome send(ByteView plain) = 0;

  // Says goodbye: nothing is sent afterwards.
  virtual void close() = 0;

  // Appends to `to_network` what must be sent, and forgets it. True if there was something.
  virtual bool take_outgoing(std::string& to_network) = 0;

  // Starts the client's handshake; a server waits for it.
  virtual Outcome start() = 0;

  virtual bool is_established() const = 0;
  // The peer said goodbye: what came before is complete.
  virtual bool is_closed_by_peer() const = 0;
  // DER of the peer's certificate; empty before the handshake, or if it has none.
  virtual Bytes peer_certificate() const = 0;
  virtual std::string protocol() const = 0;  // "TLSv1.3"
};

}  // namespace everseal::tls
