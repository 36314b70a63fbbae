FROM debian
RUN a

FRM b
