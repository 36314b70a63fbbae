FROM debian
ENV  é=ü   B=c
USER  "root"  
