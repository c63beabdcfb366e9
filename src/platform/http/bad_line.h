#pragma once

namespace anlan::http {

// Makes the best of a line that loses packets: congestion control that does not take a loss for a full line (BBR), and
// at most a second before what is lost is sent again, as far as the kernel can (BBR as a module that may be used; the
// second from Linux 6.15 on). What it cannot stays as it was. Of a listening socket: for all that it accepts.
void expect_losses(int socket);

}  // namespace anlan::http
